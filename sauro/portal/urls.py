from django.urls import path

from sauro.portal.views import account, catalogue, checking, dossiers, filling, front, mine, tracing

app_name = "portal"
urlpatterns = [
    path("", front.home, name="home"),
    path("tim", front.search, name="search"),
    path("tim/goi-y", front.suggest, name="suggest"),
    path("thu-tuc/", catalogue.browse, name="procedures"),
    path("thu-tuc/<str:code>", catalogue.procedure, name="procedure"),
    path("dang-nhap", account.sign_in, name="sign-in"),
    path("dang-xuat", account.sign_out, name="sign-out"),
    path("chu-to", account.letters, name="letters"),
    path("nop/<str:code>", filling.start, name="start"),
    path("ban-nhap/<str:key>", filling.draft, name="draft"),
    path("ban-nhap/<str:key>/<str:slug>", filling.question, name="question"),
    path("tra-cuu", tracing.look_up, name="look-up"),
    path("kiem-tra", checking.check, name="check"),
    path("kiem-tra/<str:code>", checking.by_code, name="check-code"),
    path("giay-to-cua-toi", checking.own_papers, name="own-papers"),
    path("cua-toi", mine.mine_page, name="mine"),
    path("ho-so/<str:code>", dossiers.track, name="track"),
    path("ho-so/<str:code>/da-nop", dossiers.sent, name="sent"),
    path("ho-so/<str:code>/bo-sung", dossiers.supplement, name="supplement"),
    path("ho-so/<str:code>/rut", dossiers.withdraw, name="withdraw"),
    path("ho-so/<str:code>/danh-gia", dossiers.rate, name="rate"),
    path("ho-so/<str:code>/mau-01.pdf", dossiers.receipt, name="receipt"),
    path("ho-so/<str:code>/ket-qua.pdf", dossiers.result, name="result"),
    path("ho-so/<str:code>/xin-loi.pdf", dossiers.apology, name="apology"),
    path("ho-so/<str:code>/tep/<int:attachment_id>", dossiers.attachment, name="attachment"),
]
