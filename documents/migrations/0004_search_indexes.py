from common.trigrams import add_trigram_indexes
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("documents", "0003_search_columns")]

    operations = [add_trigram_indexes("documents")]
