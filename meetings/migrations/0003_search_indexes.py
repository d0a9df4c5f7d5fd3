from common.trigrams import add_trigram_indexes
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("meetings", "0002_search_columns")]

    operations = [add_trigram_indexes("meetings")]
