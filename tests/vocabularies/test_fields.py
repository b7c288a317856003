import json

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations.writer import MigrationWriter
from django.forms import modelform_factory
from django.test.utils import isolate_apps
from django.utils import translation
from modelcluster.models import ClusterableModel
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField, copy_synchronised_fields
from wagtail_localize.segments.extract import extract_segments

from vocabularies.fields import CodeField, CodesField


@pytest.fixture
def record():
    """A model that is nowhere in the database, with one field of each kind."""
    with isolate_apps("vocabularies"):

        class Record(ClusterableModel):
            country = CodeField(scheme="country")
            region = CodeField(scheme="region", blank=True)
            macro_needs = CodesField(scheme="macro_need")
            translatable_fields = [
                SynchronizedField(name) for name in ("country", "region", "macro_needs")
            ]

            class Meta:
                app_label = "vocabularies"

        yield Record


def form_for(record, data=None, instance=None):
    form_class = modelform_factory(
        record, form=WagtailAdminModelForm, fields=["country", "region", "macro_needs"]
    )
    return form_class(data, instance=instance)


VALID = {"country": "LV", "region": "LV005", "macro_needs": ["mobility", "innovation"]}


def test_a_form_stores_codes_in_the_order_of_the_list(record):
    form = form_for(record, VALID)
    assert form.is_valid(), form.errors
    saved = form.save(commit=False)
    assert (saved.country, saved.region) == ("LV", "LV005")
    assert saved.macro_needs == ["innovation", "mobility"]


@pytest.mark.parametrize(
    "name, value",
    [
        ("country", "EL"),
        ("country", "LV\x00"),
        ("country", "x" * 5000),
        ("region", "LV999"),
        ("macro_needs", ["fame"]),
        ("macro_needs", ["mobility", ""]),
    ],
)
def test_a_form_refuses_a_code_that_is_not_in_the_list(record, name, value):
    form = form_for(record, {**VALID, name: value})
    assert list(form.errors) == [name]


@pytest.mark.parametrize(
    "value",
    [["fame"], ["mobility", "mobility"], "mobility", {"mobility": 1}, [["mobility"]], [1]],
)
def test_a_model_refuses_what_is_no_list_of_known_codes(record, value):
    with pytest.raises(ValidationError) as refused:
        record(country="LV", macro_needs=value).full_clean()
    assert list(refused.value.message_dict) == ["macro_needs"]


def test_a_model_refuses_an_unknown_code_and_names_it(record):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        record(country="Narnia", macro_needs=["mobility"]).full_clean()
    assert "“Narnia”" in refused.value.message_dict["country"][0]


def test_required_fields_are_required_and_optional_ones_may_stay_empty(record):
    form = form_for(record, {})
    assert set(form.errors) == {"country", "macro_needs"}


def test_a_draft_may_leave_both_empty(record):
    panels = [FieldPanel(name).bind_to_model(record) for name in ("country", "macro_needs")]
    deferred = [panel.get_form_options()["defer_required_on_fields"] for panel in panels]
    assert deferred == [["country"], ["macro_needs"]]


@pytest.mark.django_db
def test_form_labels_follow_the_language_of_the_reader(record):
    form = form_for(record)
    with translation.override("fi"):
        finnish = form.as_p()
    with translation.override("de"):
        german = form.as_p()
    assert "Saksa" in finnish
    assert "Liikkuvuus" in finnish
    assert "Deutschland" in german
    assert "Mobilität" in german


@pytest.mark.django_db
def test_a_form_shows_what_is_stored(record):
    html = form_for(record, instance=record(country="LV", macro_needs=["mobility"])).as_p()
    assert '<option value="LV" selected>' in html
    assert html.count("checked") == 1


def test_display_gives_the_label(record):
    with translation.override("it"):
        assert record(country="LV").get_country_display() == "Lettonia"


@pytest.mark.parametrize("name", ["country", "macro_needs"])
def test_migrations_hold_the_scheme_and_no_list(record, name):
    field = record._meta.get_field(name)
    text, _imports = MigrationWriter.serialize(field)
    assert f"scheme='{field.scheme}'" in text
    assert "choices" not in text
    assert field.clone().deconstruct()[1:] == field.deconstruct()[1:]


def test_a_revision_keeps_the_codes(record):
    kept = record(country="LV", region="LV005", macro_needs=["mobility"]).to_json()
    assert json.loads(kept)["macro_needs"] == ["mobility"]
    restored = record.from_json(kept)
    assert (restored.country, restored.region) == ("LV", "LV005")
    assert restored.macro_needs == ["mobility"]


def test_translations_take_the_codes_over_and_translators_see_none(record):
    source = record(country="LV", region="LV005", macro_needs=["mobility"])
    target = record(country="FI", macro_needs=[])
    copy_synchronised_fields(source, target)
    assert (target.country, target.region, target.macro_needs) == ("LV", "LV005", ["mobility"])
    assert extract_segments(source) == []


@pytest.mark.parametrize(
    "name, before, after, expected",
    [
        ("country", "LV", "LT", ["deletion", "Latvia", "addition", "Lithuania"]),
        ("macro_needs", ["mobility"], ["excellence"], ["Excellence", "deletion", "Mobility"]),
        ("macro_needs", None, ["mobility"], ["addition", "Mobility"]),
    ],
)
def test_comparing_two_versions_shows_labels(record, name, before, after, expected):
    panel = FieldPanel(name).bind_to_model(record)
    field = record._meta.get_field(name)
    comparison = panel.get_comparison_class()(
        field, record(**{name: before}), record(**{name: after})
    )
    with translation.override("en"):
        html = comparison.htmldiff()
    assert comparison.has_changed()
    assert all(part in html for part in expected)


def test_a_scheme_that_does_not_exist_fails_the_system_check():
    with isolate_apps("vocabularies"):

        class Lost(models.Model):
            planet = CodeField(scheme="planet")
            planets = CodesField(scheme="planet")

            class Meta:
                app_label = "vocabularies"

        ids = [error.id for error in Lost.check()]
    assert ids.count("vocabularies.E001") == 2


def test_fields_with_known_schemes_pass_the_system_check(record):
    assert [error for field in record._meta.get_fields() for error in field.check()] == []
