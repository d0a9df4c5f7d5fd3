"""Home, dashboard, workplaces, and every public page composed of several apps."""

app_name = "portal"
urlpatterns = []
