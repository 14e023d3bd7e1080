"""Registers this room with Django."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "watchward.foundation.questions"
    label = "questions"
