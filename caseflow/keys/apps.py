from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "caseflow.keys"
    label = "keys"
