"""Whatever somebody with every right on the database does behind the application's back is named exactly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from tests.foundation.sealed import Named, Sealed, busy, sergeant
from watchward.foundation.audit.heads import Signed

pytestmark = pytest.mark.django_db(transaction=True)


def places(force: Sealed) -> list[UUID]:
    """Return the places in the order in which they were written."""
    return [row[0] for row in force.truth("select id from places_place order by id")]


def numbers(force: Sealed) -> list[int]:
    """Return the numbers of all changes of places."""
    return [row[0] for row in force.truth("select id from audit_change where \"table\" = 'places_place' order by id")]


def test_a_clean_log_has_no_fault(force: Sealed) -> None:
    """Nothing was touched: nothing is named, and everything was sealed and compared."""
    found = force.verified()
    assert found.faults == []
    assert (
        found.entries
        == force.truth(
            "select (select count(*) from audit_change) + (select count(*) from audit_commandlog) "
            "+ (select count(*) from audit_trace)"
        )[0][0]
    )
    assert (found.heads, found.waiting, found.forgotten) == (3, 0, 0)
    assert found.rows >= 12


def altered_row(force: Sealed) -> Named:
    """A place gets another line."""
    one = places(force)[3]
    force.tamper(f"update places_place set line = 'Elsewhere' where id = '{one}'")
    return {("altered", "places_place", str(one))}


def blanked_row(force: Sealed) -> Named:
    """One field of a place is emptied."""
    one = places(force)[0]
    force.tamper(f"update places_place set locality = '' where id = '{one}'")
    return {("altered", "places_place", str(one))}


def inserted_row(force: Sealed) -> Named:
    """A place is put in beside the application."""
    one = "0197a000-0000-7000-8000-0000000000aa"
    force.tamper(
        "create temporary table copied on commit drop as select * from places_place limit 1",
        f"update copied set id = '{one}', reference = 'T-forged', once = '{one}'",
        "insert into places_place select * from copied",
    )
    return {("inserted", "places_place", one)}


def removed_row(force: Sealed) -> Named:
    """A place is taken away."""
    one = places(force)[5]
    force.tamper(f"delete from places_place where id = '{one}'")
    return {("removed", "places_place", str(one))}


def swapped_rows(force: Sealed) -> Named:
    """What two places say is exchanged."""
    one, other = places(force)[1], places(force)[2]
    force.tamper(
        f"update places_place set id = '0197a000-0000-7000-8000-0000000000bb' where id = '{one}'",
        f"update places_place set id = '{one}' where id = '{other}'",
        f"update places_place set id = '{other}' where id = '0197a000-0000-7000-8000-0000000000bb'",
    )
    return {("altered", "places_place", str(one)), ("altered", "places_place", str(other))}


def altered_payload(force: Sealed) -> Named:
    """What a change says that a place was is altered, and the place with it."""
    one = places(force)[1]
    (number,) = force.changes(one)
    force.tamper(
        f"update places_place set line = 'Elsewhere' where id = '{one}'",
        f'update audit_change set "row" = jsonb_set("row"::jsonb, \'{{line}}\', \'"Elsewhere"\') where id = {number}',
    )
    return {("altered", "audit_change", str(number)), ("altered", "places_place", str(one))}


def altered_payload_and_digest(force: Sealed) -> Named:
    """The same with the digest computed anew, so that place and change agree: the seal does not."""
    one = places(force)[1]
    (number,) = force.changes(one)
    force.tamper(
        f"update places_place set line = 'Elsewhere' where id = '{one}'",
        f'update audit_change set "row" = jsonb_set("row"::jsonb, \'{{line}}\', \'"Elsewhere"\') where id = {number}',
        "update audit_change set digest = sha256(uuid_send(salt) || convert_to(\"row\"::text, 'UTF8')) "
        f"where id = {number}",
    )
    return {("altered", "audit_change", str(number))}


def reassigned_change(force: Sealed) -> Named:
    """A change is laid to another command: to somebody else's account."""
    number = numbers(force)[4]
    force.tamper(
        "update audit_change set command = (select id from audit_commandlog order by real_at limit 1) "
        f"where id = {number}"
    )
    return {("altered", "audit_change", str(number))}


def removed_change(force: Sealed) -> Named:
    """The second of a place's two changes is taken away: the place is now ahead of its history as well."""
    one = places(force)[0]
    _first, number = force.changes(one)
    force.tamper(f"delete from audit_change where id = {number}")
    return {("removed", "audit_change", str(number)), ("altered", "places_place", str(one))}


def inserted_change(force: Sealed) -> Named:
    """A change that never was is put in among those long sealed."""
    one = places(force)[1]
    force.tamper(
        f"create temporary table copied on commit drop as select * from audit_change where record = '{one}'",
        "update copied set id = 900001",
        "insert into audit_change select * from copied",
    )
    return {("inserted", "audit_change", "900001")}


def change_from_the_future(force: Sealed) -> Named:
    """A change claims a transaction that has not been, so that no seal ever comes for it."""
    named = inserted_change(force)
    force.tamper("update audit_change set transaction = 4000000000000 where id = 900001")
    return named


def swapped_changes(force: Sealed) -> Named:
    """Two changes exchange their numbers: what came first comes last."""
    one, other = numbers(force)[1], numbers(force)[2]
    force.tamper(
        f"update audit_change set id = -1 where id = {one}",
        f"update audit_change set id = {one} where id = {other}",
        f"update audit_change set id = {other} where id = -1",
    )
    return {("altered", "audit_change", str(one)), ("altered", "audit_change", str(other))}


def renumbered_change(force: Sealed) -> Named:
    """A change gets another number."""
    (number,) = force.changes(places(force)[1])
    force.tamper(f"update audit_change set id = 900002 where id = {number}")
    return {("renumbered", "audit_change", str(number))}


def emptied_change(force: Sealed) -> Named:
    """What a change held is taken away without an erasure that says so."""
    one = places(force)[0]
    first, _last = force.changes(one)
    force.tamper(f'update audit_change set salt = null, "row" = null where id = {first}')
    return {("emptied", "audit_change", str(first))}


def altered_command(force: Sealed) -> Named:
    """A command is laid to somebody else."""
    ((one,),) = force.truth("select id from audit_commandlog order by real_at offset 4 limit 1")
    force.tamper(f"update audit_commandlog set account_name = 'Somebody else' where id = '{one}'")
    return {("altered", "audit_commandlog", str(one))}


def removed_command(force: Sealed) -> Named:
    """A command is taken out of the log."""
    ((one,),) = force.truth("select id from audit_commandlog order by real_at offset 4 limit 1")
    force.tamper(f"delete from audit_commandlog where id = '{one}'")
    return {("removed", "audit_commandlog", str(one))}


def removed_look(force: Sealed) -> Named:
    """Somebody looked, and it is taken out."""
    ((one,),) = force.truth("select id from audit_trace order by id limit 1")
    force.tamper(f"delete from audit_trace where id = '{one}'")
    return {("removed", "audit_trace", str(one))}


def altered_look(force: Sealed) -> Named:
    """Somebody gets a better reason for having looked."""
    ((one,),) = force.truth("select id from audit_trace order by id limit 1")
    force.tamper(f"update audit_trace set purpose = 'An incident in hand' where id = '{one}'")
    return {("altered", "audit_trace", str(one))}


def inserted_look(force: Sealed) -> Named:
    """A look is put in behind the seals."""
    one = "0197a000-0000-7000-8000-0000000000cc"
    force.tamper(
        "create temporary table copied on commit drop as select * from audit_trace limit 1",
        f"update copied set id = '{one}'",
        "insert into audit_trace select * from copied",
    )
    return {("inserted", "audit_trace", one)}


def altered_seal(force: Sealed) -> Named:
    """The hash of one seal is altered."""
    force.tamper("update audit_seal set hash = sha256('x') where seq = 7")
    return {("altered", "audit_seal", "7")}


def redirected_seal(force: Sealed) -> Named:
    """A seal is made to speak of no change."""
    ((seq,),) = force.truth("select min(seq) from audit_seal where change is not null")
    force.tamper(f"update audit_seal set change = null where seq = {seq}")
    return {("altered", "audit_seal", str(seq))}


def removed_head(force: Sealed) -> Named:
    """A head in the middle is taken away."""
    force.tamper("delete from audit_head where number = 2")
    return {("removed", "audit_head", "2")}


def altered_head(force: Sealed) -> Named:
    """A head is dated back."""
    force.tamper("update audit_head set at = '2020-01-01T00:00:00+00:00' where number = 2")
    return {("altered", "audit_head", "2")}


def heads_cut(force: Sealed) -> Named:
    """The last head is taken away, with nothing else."""
    force.tamper("delete from audit_head where number = 3")
    return {("cut", "audit_head", "3")}


def tail_cut(force: Sealed) -> Named:
    """The last batch is cut from changes, commands, looks, seals and heads, and the places it wrote go with it."""
    ((after, whole),) = force.truth(
        "select (select entries from audit_head where number = 2), (select entries from audit_head where number = 3)"
    )
    seals = f"select {{}} from audit_seal where seq > {after}"
    fresh = f"select record from audit_change where id in ({seals.format('change')}) and operation = 'I'"
    force.tamper(
        f"delete from places_place where id in ({fresh})",
        f"delete from audit_change where id in ({seals.format('change')})",
        f"delete from audit_commandlog where id in ({seals.format('log')})",
        f"delete from audit_trace where id in ({seals.format('log')})",
        f"delete from audit_seal where seq > {after}",
        "delete from audit_head where number > 2",
    )
    return {("cut", "audit_head", "3"), ("cut", "audit_seal", f"{after + 1}-{whole}")}


def unguarded_table(force: Sealed) -> Named:
    """A table's history is switched off."""
    force.tamper("alter table places_place disable trigger ww_change_update")
    return {("unguarded", "places_place", "")}


TAMPERING: tuple[Callable[[Sealed], Named], ...] = (
    altered_row, blanked_row, inserted_row, removed_row, swapped_rows, altered_payload, altered_payload_and_digest,
    reassigned_change, removed_change, inserted_change, change_from_the_future, swapped_changes, renumbered_change,
    emptied_change, altered_command, removed_command, removed_look, altered_look, inserted_look, altered_seal,
    redirected_seal, removed_head, altered_head, heads_cut, tail_cut, unguarded_table,
)  # fmt: skip


@pytest.mark.parametrize("way", TAMPERING, ids=lambda way: way.__name__)
def test_each_way_of_tampering_is_named_and_nothing_else(force: Sealed, way: Callable[[Sealed], Named]) -> None:
    """What is named is what was done: this table, this record, and no other."""
    expected = way(force)
    assert force.named() == expected


@pytest.mark.parametrize("way", [altered_row, removed_change, altered_command, tail_cut], ids=lambda way: way.__name__)
def test_sealing_on_does_not_cover_it_up(force: Sealed, way: Callable[[Sealed], Named]) -> None:
    """The force works on and is sealed on: what was done before stays named."""
    expected = way(force)
    busy(sergeant())
    if way is tail_cut:
        with pytest.raises(Exception, match="second place"):
            force.seal()
    else:
        force.seal()
    assert expected <= force.named()


def test_a_chain_rebuilt_with_another_key_is_seen(
    force: Sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """History is altered, all of it is sealed again with a fresh key, and the second place is written anew."""
    noted = force.key
    one = places(force)[1]
    (number,) = force.changes(one)
    altered_payload_and_digest(force)
    force.tamper("delete from audit_seal", "delete from audit_head")
    monkeypatch.setenv("WATCHWARD_AUDIT_KEY", str(tmp_path / "another key"))
    monkeypatch.setenv("WATCHWARD_HEADS", str(tmp_path / "other heads"))
    force.seal()
    assert force.verified().intact  # against its own key, it holds
    faults = {(str(fault.kind), fault.table, fault.record) for fault in force.verified(noted).faults}
    assert faults == {("forged", "audit_head", "1")}
    # Whoever kept a copy of the heads also learns from where on it is another log.
    copy = tmp_path / "copy.jsonl"
    copy.write_text("".join(path.read_text() for path in sorted((tmp_path / "heads").rglob("*.jsonl"))))
    faults = {(str(fault.kind), fault.table, fault.record) for fault in force.verified(noted, copies=(copy,)).faults}
    assert ("altered", "audit_head", "1") in faults
    assert ("cut", "audit_head", "2-3") in faults
    assert number


def test_a_chain_rebuilt_with_the_stolen_key_is_seen_in_the_second_place(force: Sealed, tmp_path: Path) -> None:
    """The key alone is not enough: the second place remembers the heads that stood."""
    altered_payload_and_digest(force)
    force.tamper("delete from audit_seal", "delete from audit_head")
    with pytest.raises(Exception, match="second place"):
        force.seal()
    found = force.named()
    assert ("cut", "audit_head", "1-3") in found
    assert any(kind == "cut" and table == "audit_seal" for kind, table, _record in found)


def test_seals_put_in_the_place_of_others_are_seen(force: Sealed) -> None:
    """Somebody without the key rebuilds links from a point on: every link holds, and the signed heads do not."""
    from watchward.foundation.audit.heads import START, leaf_data, link
    from watchward.foundation.audit.merkle import leaf

    altered_payload_and_digest(force)
    from watchward.foundation.audit.entries import CHANGE_DIGEST

    force.tamper(f"update audit_seal a set digest = {CHANGE_DIGEST} from audit_change e where e.id = a.change")
    before = START
    for seq, source, digest in force.truth("select seq, source, digest from audit_seal order by seq"):
        before = link(seq, before, leaf(leaf_data(source, bytes(digest))))
        force.tamper(f"update audit_seal set hash = '\\x{before.hex()}' where seq = {seq}")
    ((first, last),) = force.truth("select 1, entries from audit_head where number = 1")
    assert force.named() == {("rebuilt", "audit_seal", f"{first}-{last}")}


def test_a_head_taken_out_of_the_second_place_is_seen(force: Sealed) -> None:
    """The files are held against the database as well."""
    (path,) = force.place().files()
    lines = path.read_text().splitlines(keepends=True)
    path.write_text(lines[0] + lines[2])
    named = force.named()
    assert ("removed", "second place", "head 2") in named
    path.write_text(lines[0] + lines[1].replace('"entries":', '"entries":9') + lines[2])
    assert ("altered", "second place", "head 2") in force.named()
    path.write_text(lines[0] + "gone\n" + lines[1] + lines[2])
    assert force.named() == {("altered", "second place", f"{path.name} line 2")}


def test_a_signature_is_held_against_what_it_signs(force: Sealed) -> None:
    """A head that was altered in both places alike is not what was signed."""
    (path,) = force.place().files()
    lines = path.read_text().splitlines()
    head = Signed.read(lines[1]).head
    forged = lines[1].replace(head.at, "2020-01-01T00:00:00+00:00")
    path.write_text("\n".join([lines[0], forged, lines[2]]) + "\n")
    force.tamper("update audit_head set at = '2020-01-01T00:00:00+00:00' where number = 2")
    assert ("forged", "audit_head", "2") in force.named()
