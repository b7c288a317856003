from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    name = "vocabularies"

    def ready(self):
        from wagtail.admin.compare import register_comparison_class  # needs the models

        from vocabularies.comparisons import CodesFieldComparison
        from vocabularies.fields import CodesField

        register_comparison_class(CodesField, comparison_class=CodesFieldComparison)
