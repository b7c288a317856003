"""Shows changed codes by their labels where Wagtail compares two versions of a page."""

from wagtail.admin.compare import FieldComparison, TextDiff

import vocabularies


class CodesFieldComparison(FieldComparison):
    """What was ticked and unticked, with what stayed between, in the order of the list."""

    def htmldiff(self):
        before, after = self.val_a or [], self.val_b or []
        changes = []
        for code, label in vocabularies.get(self.field.scheme).choices():
            if code in before and code in after:
                changes.append(("equal", label))
            elif code in before:
                changes.append(("deletion", label))
            elif code in after:
                changes.append(("addition", label))
        return TextDiff(changes, separator=", ").to_html()
