from common.trigrams import add_trigram_indexes
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("awards", "0005_search_columns")]

    operations = [add_trigram_indexes("awards")]
