app_name = "designer"
urlpatterns: list[str] = []
