"""Where people come in, and where locked records are opened."""

from __future__ import annotations

from django.urls import path

from watchward.foundation.access.views import coming_in, locked, outside, proving

app_name = "access"

urlpatterns = [
    path("", coming_in.home, name="home"),
    path("sign-in", coming_in.sign_in, name="sign-in"),
    path("sign-in/code", coming_in.with_code, name="with-code"),
    path("sign-in/passkey", coming_in.with_passkey, name="with-passkey"),
    path("sign-in/passkey/question", coming_in.passkey_question, name="passkey-question"),
    path("sign-in/outside", outside.go, name="outside"),
    path("sign-in/outside/back", outside.back, name="outside-back"),
    path("sign-in/recover", coming_in.recover, name="recover"),
    path("sign-in/kept", coming_in.kept, name="kept"),
    path("sign-out", coming_in.sign_out, name="sign-out"),
    path("prove", proving.prove, name="prove"),
    path("prove/passkey", proving.prove_with_passkey, name="prove-with-passkey"),
    path("ways", proving.ways_in, name="ways"),
    path("ways/passkey", proving.add_passkey, name="add-passkey"),
    path("ways/passkey/question", proving.new_passkey_question, name="new-passkey-question"),
    path("ways/app", proving.app, name="app"),
    path("ways/recovery", proving.recovery_codes, name="recovery-codes"),
    path("ways/<uuid:id_>/end", proving.end, name="end-way"),
    path("go-to", coming_in.go_to, name="go-to"),
    path("shortcuts", coming_in.shortcuts, name="shortcuts"),
    path("locked/<str:table>/<uuid:record>", locked.locked, name="locked"),
    path("openings/<uuid:id_>", locked.opening, name="opening"),
]
