from django.urls import path

from sauro.timing.views import changing, looking, opening

app_name = "timing"
urlpatterns = [
    path("", looking.year, name="year"),
    path("tinh-han", looking.reckon, name="reckon"),
    path("sua", changing.edit, name="edit"),
    path("xem-truoc", changing.preview, name="preview"),
    path("xac-nhan", changing.confirm, name="confirm"),
    path("gio", opening.edit, name="hours"),
    path("gio/xem-truoc", opening.preview, name="hours-preview"),
    path("gio/xac-nhan", opening.confirm, name="hours-confirm"),
    path("thay-doi/<int:change_id>", changing.change, name="change"),
    path("thay-doi/<int:change_id>/hoan-tac", changing.undo, name="undo"),
]
