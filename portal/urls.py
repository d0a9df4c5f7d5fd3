"""Home, dashboard, workplaces, and every public page composed of several apps."""

from portal.urls_public import public_patterns
from portal.urls_work import work_patterns

app_name = "portal"
urlpatterns = [*public_patterns, *work_patterns]
