from common.trigrams import add_trigram_indexes
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("news", "0002_photo_sizes_and_corrections")]

    operations = [add_trigram_indexes("news")]
