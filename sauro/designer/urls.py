from django.urls import path

from sauro.designer.views import drawing, publishing, showing, starting

app_name = "designer"
urlpatterns = [
    path("", showing.index, name="list"),
    path("moi", starting.new, name="new"),
    path("nhap", starting.carry_in, name="import"),
    path("ban-nhap/<int:draft_id>", drawing.show, name="draft"),
    path("ban-nhap/<int:draft_id>/buoc", drawing.save_step, name="save-step"),
    path("ban-nhap/<int:draft_id>/xem-thu", drawing.live, name="live"),
    path("ban-nhap/<int:draft_id>/them", drawing.add, name="add-step"),
    path("ban-nhap/<int:draft_id>/doi-cho", drawing.move, name="move-step"),
    path("ban-nhap/<int:draft_id>/bo-buoc", drawing.remove, name="remove-step"),
    path("ban-nhap/<int:draft_id>/chung", drawing.about, name="about"),
    path("ban-nhap/<int:draft_id>/bo", drawing.discard, name="discard"),
    path("ban-nhap/<int:draft_id>/bpmn", drawing.export, name="draft-bpmn"),
    path("ban-nhap/<int:draft_id>/ban-hanh", publishing.publish, name="publish"),
    path("<str:code>", showing.process, name="process"),
    path("<str:code>/sua", starting.start, name="start"),
    path("<str:code>/chuyen-ho-so", publishing.carry_over, name="carry-over"),
    path("<str:code>/so-sanh", showing.compare, name="compare"),
    path("<str:code>/ban-<int:version>.bpmn", showing.export, name="bpmn"),
]
