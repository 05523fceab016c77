from django.urls import path

from sauro.assistant.views import helping, talking

app_name = "assistant"
urlpatterns = [
    path("tro-ly", talking.talk, name="talk"),
    path("tro-ly/chua-dung", talking.doubt, name="doubt"),
    path("tro-ly/nho-nguoi", helping.hand_over, name="hand-over"),
    path("tro-ly/nho-nguoi/<uuid:key>", helping.handed, name="handed"),
    path("tro-ly/cho-tra-loi", helping.waiting_talks, name="waiting"),
    path("tro-ly/cai-thien", helping.improve, name="improve"),
    path("api/tro-ly", talking.api, name="api"),
]
