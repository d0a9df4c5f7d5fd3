from common.trigrams import add_trigram_indexes
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("blocs", "0005_term_years")]

    operations = [add_trigram_indexes("blocs")]
