from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "caseflow.documents"
    label = "documents"
