from django.urls import path

from sauro.desk.views import book, copying, counter, dossier, leading, money, post, scanning, work

app_name = "desk"
urlpatterns = [
    path("", work.home, name="home"),
    path("hang-doi", work.own_queue, name="queue"),
    path("tiep-theo", work.next_case, name="next"),
    path("tim", work.find, name="search"),
    path("don-vi", work.office, name="office"),
    path("ky", leading.sign, name="sign"),
    path("so-theo-doi", book.show, name="book"),
    path("so-theo-doi/<str:day>.pdf", book.printed, name="book-pdf"),
    path("so-theo-doi/<str:day>.<str:form>", book.table, name="book-table"),
    path("chung-thuc", copying.copying, name="copying"),
    path("buu-chinh", post.show, name="post"),
    path("buu-chinh/giao-di.<str:form>", post.outgoing, name="post-out"),
    path("buu-chinh/mau.<str:form>", post.sample, name="post-sample"),
    path("buu-chinh/xem/<str:kind>", post.look, name="post-look"),
    path("buu-chinh/ghi/<str:kind>", post.take, name="post-take"),
    path("tiep-nhan", counter.choose, name="counter"),
    path("tiep-nhan/xong/<str:code>", counter.done, name="counter-done"),
    path("tiep-nhan/quet/<str:code>", scanning.scan, name="scan"),
    path("tiep-nhan/quet/<str:code>/<int:number>.jpg", scanning.leaf, name="leaf"),
    path("tiep-nhan/<str:procedure>", counter.fill, name="counter-fill"),
    path("ho-so/<str:code>", dossier.show, name="dossier"),
    path("ho-so/<str:code>/tep/<int:file_id>", dossier.file, name="file"),
    path("ho-so/<str:code>/giay/<str:form>", dossier.paper, name="paper"),
    path("ho-so/<str:code>/so-do", dossier.drawn, name="drawn"),
    path("doi-soat", money.reconcile, name="reconcile"),
    path("ho-so/<str:code>/thu-tien-mat", money.take_cash, name="take-cash"),
    path("ho-so/<str:code>/bien-lai.pdf", money.receipt, name="fee-receipt"),
    path("ho-so/<str:code>/giao-lai", leading.reassign, name="reassign"),
    path("ho-so/<str:code>/xin-loi", leading.apologise, name="apologise"),
    path("ho-so/<str:code>/<str:action>", dossier.decide, name="decide"),
]
