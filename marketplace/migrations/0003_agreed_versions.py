"""Deals that were agreed before changes were possible: their latest proposal is the one that counts."""

from django.db import migrations
from django.db.models import Max, OuterRef, Subquery


def say_which_counts(apps, schema_editor):
    Deal = apps.get_model("marketplace", "Deal")
    Proposal = apps.get_model("marketplace", "Proposal")
    numbers = Proposal.objects.filter(deal=OuterRef("pk")).order_by().values("deal")
    latest = Subquery(numbers.annotate(last=Max("number")).values("last"))
    agreed = Deal.objects.filter(steps__move="agree", agreed_version=None)
    Deal.objects.filter(pk__in=agreed.values("pk")).update(agreed_version=latest)


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0002_changes_of_agreements")]

    operations = [migrations.RunPython(say_which_counts, migrations.RunPython.noop)]
