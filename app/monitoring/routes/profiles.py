"""The layouts that a source's page lists, and «Lupakan»."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_login import current_user

from app.core.refused import Refused
from app.extensions import db
from app.monitoring import actions, policy, queries
from app.monitoring.forms import BareForm
from app.monitoring.models import Source
from app.monitoring.routes import bp
from app.monitoring.rules.kinds import SourceKind
from app.monitoring.rules.mapping import Mapping, in_words
from app.people.rules import Role
from app.web.access import allow
from app.web.nonce import first_use

CHANGED = "Susunan ini baru saja diubah orang lain. Periksa kolomnya, lalu putuskan lagi."


@bp.post("/pengaturan/sumber/<int:source_id>/profil/<int:profile_id>/lupakan")
@allow(Role.DISKOMINFO, admin=True)
def profiles_forget(source_id: int, profile_id: int):
    source = policy.visible_source(source_id, current_user.seat)
    if first_use(BareForm().nonce.data):
        flash(_forgotten(source, profile_id))
    return redirect(url_for("monitoring.sources_one", source_id=source_id), 303)


def profiles_said(source: Source) -> dict[str, Any]:
    """What the page of a source tells of its layouts; only sheets have any."""
    if source.kind is not SourceKind.SHEET:
        return {"profiles": None}
    kept = queries.profiles_of(source.id)
    return {
        "profiles": [
            {
                "profile": profile,
                "columns": in_words(Mapping.from_dict(profile.mapping)),
                "form": BareForm(formdata=None, of=profile),
            }
            for profile in kept
        ]
    }


def _forgotten(source: Source, profile_id: int) -> str:
    """Do it and commit; what the toast says."""
    profile = policy.visible_profile(source, profile_id)
    if BareForm().is_stale(profile):
        return CHANGED
    name = profile.name
    try:
        actions.forget_layout(profile, current_user.seat)
    except Refused as refused:
        db.session.rollback()
        return " ".join(refused.errors.values())
    db.session.commit()
    return f"Susunan {name} dilupakan. Berkas berikutnya dengan susunan itu ditanyakan lagi."
