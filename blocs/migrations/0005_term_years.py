import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("blocs", "0004_blocs_run_by_others_deadline_stage")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="term_years",
            field=models.PositiveSmallIntegerField(
                default=1,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(5),
                ],
                verbose_name="nhiệm kỳ của khối trưởng (năm)",
            ),
        )
        for model in ("blocyear", "historicalblocyear")
    ]
