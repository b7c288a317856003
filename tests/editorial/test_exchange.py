"""Translations taken away as PO and XLIFF files and brought back."""

import io
import re
import zipfile
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation

from core import archives
from editorial import services
from editorial.exchange import po, xliff
from editorial.exchange import services as exchange
from editorial.translating import saving
from editorial.work import dashboard
from tests.editorial.conftest import change, fresh, record, translate, work
from tests.factories.accounts import person
from tests.factories.stories import StoryPageFactory

SCREEN = "/admin/exchange/"
KINDS = ["po", "xliff"]
ENDINGS = {"po": "a.po", "xliff": "a.xlf"}
OLD = "Suomeksi: Joints from a finished drawing."
NEW = "Liitokset valmiista piirustuksesta."


def text(response) -> str:
    return response.content.decode()


def file_of(page, kind: str) -> str:
    return exchange.exported(record(page), kind)[1].decode()


def words(page) -> dict:
    """Every string of a translation as it is stored."""
    strings = StringTranslation.objects.filter(context__object_id=page.translation_key)
    return dict(strings.values_list("pk", "data"))


def take(page, content, user, kind="po", name=None) -> exchange.Report:
    data = content if isinstance(content, bytes) else content.encode()
    (report,) = exchange.take(name or ENDINGS[kind], data, user)
    return report


def reason(report) -> str:
    return " ".join(one.text for one in report.refused)


@pytest.fixture
def rich(translated, people):
    """The Finnish draft whose source has a link and bold words in one text."""
    segment = StringSegment.objects.get(source=record(translated).source, context__path="problem")
    segment.string.data = 'See <a id="a1">the <b>box</b></a> &amp; count<br/>%(count)s.'
    segment.string.data_hash = segment.string._get_data_hash(segment.string.data)
    segment.string.save()
    translate(translated, people["translator"])
    return translated


@pytest.mark.parametrize("kind", KINDS)
class TestRoundTrip:
    def test_one_changed_text_is_taken_and_nothing_is_public(self, people, rich, kind):
        before, content = words(rich), file_of(rich, kind)
        assert OLD in content
        assert not take(rich, content, people["translator"], kind).taken
        assert words(rich) == before
        report = take(rich, content.replace(OLD, NEW), people["translator"], kind)
        assert (report.taken, report.skipped, report.refused) == (1, [], [])
        assert NEW in words(rich).values()
        assert not fresh(rich).live
        assert StringTranslation.objects.get(data=NEW).last_translated_by == people["translator"]

    def test_what_is_newer_here_or_empty_there_is_skipped_and_said(self, people, rich, kind):
        content = file_of(rich, kind)
        newer = StringTranslation.objects.get(data=OLD)
        newer.data = "Uudempi."
        newer.save()
        report = take(rich, content.replace(OLD, NEW), people["translator"], kind)
        assert report.taken == 0
        (skipped,) = report.skipped
        assert "after the export" in skipped.text
        assert skipped.line
        assert "Uudempi." in words(rich).values()
        StringTranslation.objects.filter(pk=newer.pk).delete()
        (skipped,) = take(rich, file_of(rich, kind), people["translator"], kind).skipped
        assert "not translated" in skipped.text

    def test_a_file_that_does_not_say_what_stood_here_adds_and_replaces_nothing(
        self, people, rich, kind
    ):
        known = {"po": r"#\. known: \w+\n", "xliff": r'<note category="known">\w+</note>'}[kind]
        content = re.sub(known, "", file_of(rich, kind).replace(OLD, NEW))
        report = take(rich, content, people["translator"], kind)
        assert report.taken == 0
        assert "does not say" in report.skipped[0].text
        assert OLD in words(rich).values()
        StringTranslation.objects.get(data=OLD).delete()
        assert take(rich, content, people["translator"], kind).taken == 1

    def test_what_a_field_of_a_stream_cannot_hold_is_refused_as_it_is_when_submitted(
        self, people, rich, kind
    ):
        title = StringTranslation.objects.filter(context__path__endswith=".title").first()
        content = file_of(rich, kind).replace(title.data, "x" * 121, 1)
        assert "at most 120" in reason(take(rich, content, people["translator"], kind))

    def test_a_large_file_costs_little_and_holds_no_text_until_it_fits(
        self, people, rich, kind, monkeypatch
    ):
        content, read = file_of(rich, kind), []
        wrong = content.replace("%(count)s", "%(number)s")
        unit = {"po": 'msgctxt "problem"\nmsgid "a"\nmsgstr ""\n\n', "xliff": ""}[kind]
        if kind == "xliff":
            unit = '<unit name="problem"><segment><source>a</source></segment></unit>'
        end = content.rindex("</file>") if kind == "xliff" else len(content)
        full = content[:end] + "\n" + unit * 500 + content[end:]
        soup = xliff.BeautifulSoup
        monkeypatch.setattr(xliff, "BeautifulSoup", lambda *a: read.append(a) or soup(*a))
        with monkeypatch.context() as patched:
            patched.setattr(saving, "hold", lambda *args: pytest.fail("it was held"))
            assert take(rich, wrong, people["translator"], kind).refused
            assert "more texts" in reason(take(rich, full, people["translator"], kind))
        assert len(read) < 500  # not for each unit, and not for each text of its place

    def test_markup_and_placeholders_must_come_back(self, people, rich, kind):
        before, content = words(rich), file_of(rich, kind)
        broken = {
            "po": [(r"<a id=\"a1\">the", "the"), ("</b></a>", "</a></b>"), ("<b>", "<i>")],
            "xliff": [('<ph id="3"', '<ph id="9"'), ('<pc id="2">', '<pc id="1">')],
        }[kind]
        for old, new in [*broken, ("%(count)s", "%(number)s")]:
            start, found, end = content.rpartition("Suomeksi: See")
            assert old in end
            report = take(
                rich, start + found + end.replace(old, new, 1), people["translator"], kind
            )
            assert report.refused, new
            assert report.refused[0].line
        assert words(rich) == before

    def test_other_files_are_refused_with_the_reason(self, people, rich, public, index, kind):
        before, content = words(rich), file_of(rich, kind)
        user, source = people["translator"], "Joints from a finished drawing."

        def refused(changed, *said):
            report = take(rich, changed, user, kind)
            assert all(word in reason(report) for word in said), reason(report)
            return report.refused[0].line

        latin = content.replace(OLD, "Työ").encode("latin-1", "replace")
        assert refused(latin, "UTF-8") == content[: content.index(OLD)].count("\n") + 1
        assert refused(content.encode("utf-16"), "UTF-8") == 1
        finnish = {"po": "Language: fi", "xliff": 'trgLang="fi"'}[kind]
        refused(content.replace(finnish, finnish.replace("fi", "lv")), "languages", "en → fi")
        refused(content.replace(str(record(rich).uuid), "0" * 32), "belongs to a text")
        refused(content.replace(OLD, "a\x08b"), "character")
        first, _found, rest = content.partition(source)
        assert refused(first + "Another source." + rest, "has changed since the export")
        refused("", "damaged")
        refused(content[: len(content) // 2 - 3], "")
        change(public, people["editor"], gap_learnt="Joints of every kind.")
        services.submit(public, people["editor"])
        services.approve(public, people["reviewer"])
        work()
        refused(content, "has changed since the export")
        assert words(rich) == before

    def test_a_text_in_review_or_of_others_is_left_alone(self, people, translated, kind):
        content = file_of(translated, kind)
        assert "belongs to" in reason(take(translated, content, people["editor"], kind))
        assert "belongs to" in reason(take(translated, content, person("translator", "lv"), kind))
        services.submit(translated, people["translator"])
        before = words(translated)
        report = take(translated, content.replace(OLD, NEW), people["translator"], kind)
        assert "in review" in reason(report)
        assert words(translated) == before


BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n'
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0">&b;</xliff>'
)
OUTSIDE = BOMB.replace('<!ENTITY a "aaaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">')


class TestHostileFiles:
    @pytest.mark.parametrize("content", [BOMB, OUTSIDE, BOMB.encode("utf-16"), "<a>" * 5000])
    def test_of_xml_are_refused_before_anything_is_resolved(self, db, people, content):
        report = take(None, content, people["translator"], "xliff")
        assert report.refused
        assert "root:" not in reason(report)

    def test_a_name_of_a_file_of_ours_is_no_content(self, db, people):
        for content in ("/etc/hostname", "/etc/hostname\nmsgid", "\n/etc/hostname\nmsgid"):
            assert take(None, content, people["translator"]).refused

    def test_large_ones_are_refused_before_they_are_read(self, signed_in, people, monkeypatch):
        client = signed_in(people["translator"])
        monkeypatch.setattr(exchange, "take", lambda *args: pytest.fail("it was read"))
        for name in ("a.po", "a.xlf", "a.zip"):
            file = SimpleUploadedFile(name, b" " * (50 * 1024 * 1024))
            assert "larger than" in text(client.post(SCREEN, {"file": file}))

    def test_archives_stay_within_bounds(self, db, people, monkeypatch):
        content = packed({"a.po": "0" * 1_000, "b.po": ""})
        monkeypatch.setattr(exchange, "LARGEST_FILE", 999)
        large, _empty = exchange.take("a.zip", content, people["translator"])
        assert "larger" in reason(large)
        monkeypatch.setattr(exchange, "LARGEST_UNPACKED", 999)
        assert "unpacked" in reason(take(None, content, people["translator"], name="a.zip"))
        for other in (b"PK\x03\x04 renamed", packed({"a.exe": "x"}), content[:-30]):
            assert take(None, other, people["translator"], name="a.zip").refused
        with pytest.raises(archives.TooLarge):
            archives.opened(content, 1, 10_000)

    def test_an_archive_holds_a_process_for_seconds_only(self, people, translated, monkeypatch):
        content = file_of(translated, "po").replace(OLD, NEW)
        content = packed({"a.po": content, "b.po": "", "c.po": ""})
        seconds = count(step=1.5)
        monkeypatch.setattr(exchange, "monotonic", lambda: next(seconds))
        taken, *others = exchange.take("a.zip", content, people["translator"])
        assert not taken.refused
        assert ["two seconds" in reason(one) for one in others] == [True, True]
        assert NEW in words(translated).values()


def packed(files: dict) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


class TestScreen:
    def test_says_that_there_are_more_than_it_shows(
        self, signed_in, people, public, translated, monkeypatch
    ):
        monkeypatch.setattr(dashboard, "ROWS", 1)
        other = StoryPageFactory(parent=public.get_parent(), slug="other")
        services.send_for_translation(other, ["fi"], people["translator"])
        assert "Shown are 1 of 2" in text(signed_in(people["translator"]).get(SCREEN))

    def test_file_and_selection_are_taken_away_and_brought_back(
        self, signed_in, people, translated, index
    ):
        client = signed_in(people["translator"])
        other = StoryPageFactory(parent=index("en"), slug="not-begun")
        address = reverse("editorial_exchange_file", args=[record(translated).pk, "xliff"])
        assert address in text(client.get(SCREEN))
        assert xliff.read(client.get(address).content).target_language == "fi"
        keys = [str(translated.translation_key), str(other.translation_key)]
        chosen = {"item": keys, "language": "fi", "format": "po"}
        answer = client.post("/admin/exchange/selection/", chosen)
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        name, left = archive.namelist()
        assert left == "left-out.txt"
        changed = archive.read(name).decode().replace(OLD, NEW)
        content = packed({name: changed, "bad.po": "nonsense", left: "text"})
        page = text(client.post(SCREEN, {"file": SimpleUploadedFile("back.zip", content)}))
        assert "Taken: 1" in page
        assert "bad.po" in page
        assert "Nothing was taken." in page
        assert NEW in words(translated).values()
        for wrong in (
            {**chosen, "item": ["x"]},
            {**chosen, "format": "x"},
            {**chosen, "language": "lv"},
        ):
            assert client.post("/admin/exchange/selection/", wrong).status_code == 302

    def test_is_for_translators_of_the_language(self, signed_in, people, translated):
        address = reverse("editorial_exchange_file", args=[record(translated).pk, "po"])
        for who, allowed in (("translator", True), ("editor", False), ("approver", False)):
            client = signed_in(people[who])
            assert (client.get(SCREEN).status_code == 200) == allowed, who
            assert (client.get(address).status_code == 200) == allowed, who
        assert signed_in(person("translator", "lv")).get(address).status_code == 404

    @pytest.mark.parametrize("files", [{}, {"file": SimpleUploadedFile("a.exe", b"MZ")}])
    def test_no_file_or_another_one_is_told(self, signed_in, people, files):
        answer = signed_in(people["translator"]).post(SCREEN, files)
        assert answer.status_code == 200
        assert "required" in text(answer) or ".xliff" in text(answer)

    def test_the_editors_upload_takes_its_own_text_only(
        self, signed_in, people, translated, public
    ):
        other = services.send_for_translation(
            StoryPageFactory(parent=public.get_parent(), slug="other"), ["fi"], people["translator"]
        )[0]
        content = file_of(other, "po").encode()
        address = reverse("wagtail_localize:upload_pofile", args=[record(translated).pk])
        before = words(translated)
        client = signed_in(people["translator"])
        client.post(address, {"file": SimpleUploadedFile("a.po", content)})
        assert words(translated) == before
        own = reverse("wagtail_localize:download_pofile", args=[record(translated).pk])
        assert po.read(client.get(own).content).translation == str(record(translated).uuid)
