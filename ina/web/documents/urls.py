from django.urls import path

from ina.web.documents.document import document
from ina.web.documents.documents import documents
from ina.web.documents.letter_new import letter_new
from ina.web.documents.outbox import outbox
from ina.web.documents.streams import document_file, paper_view

urlpatterns = [
    path("postausgang/", outbox, name="outbox"),
    path("akten/<str:number>/dokumente/", documents, name="documents"),
    path("akten/<str:number>/dokumente/brief/", letter_new, name="letter_new"),
    path("akten/<str:number>/dokumente/entwurf/<str:kind>.pdf", paper_view, name="paper_view"),
    path("akten/<str:number>/dokumente/<slug:token>/", document, name="document"),
    path("akten/<str:number>/dokumente/<slug:token>/<int:version>/", document_file, name="document_file"),
]
