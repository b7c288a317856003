from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0005_who_is_asked_about_a_change")]

    operations = [
        migrations.AlterField(
            model_name="capacitywindow",
            name="note",
            field=models.CharField(
                blank=True,
                help_text="Only your school sees it. For example: spring term, Wednesdays and Thursdays.",
                max_length=150,
                verbose_name="note for your school",
            ),
        ),
    ]
