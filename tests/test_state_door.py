"""States change through one door per record: a stray assignment or update anywhere in the project fails here."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from portal.management.commands.draw_workflows import WORKFLOWS, drawings

APPS = ("accounts", "awards", "blocs", "common", "documents", "meetings", "news", "portal")
FIELDS = {"state", "status"}
# The functions that check the table, compare and set, and leave a row; nothing else may name these fields.
DOORS = {
    ("awards/services.py", "_move"),
    ("blocs/services/blocs.py", "set_year_state"),
    ("blocs/services/signing.py", "_move"),
    ("blocs/services/signing.py", "_move_signature"),
    ("blocs/services/imports.py", "move_import"),
    ("documents/services/batches.py", "move_batch"),
    ("documents/services/batches.py", "move_item"),
    ("meetings/services.py", "_move"),
    # Announced or held is said on the meeting's own form; it asks the table and claims the version first.
    ("meetings/services.py", "_save"),
    ("news/services.py", "move"),
}


def sources():
    for app in APPS:
        for path in sorted((Path(settings.BASE_DIR) / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def strays(tree, where, function=""):
    """(function, line) of every change of a state below this node."""
    for node in ast.iter_child_nodes(tree):
        name = node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else function
        if changes_state(node):
            yield name, node.lineno
        yield from strays(node, where, name)


def changes_state(node):
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Attribute) and target.attr in FIELDS for target in targets)
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name) and node.func.id == "setattr" and len(node.args) > 1:
        name = node.args[1]
        return isinstance(name, ast.Constant) and name.value in FIELDS
    if isinstance(node.func, ast.Attribute) and node.func.attr in ("update", "bulk_update"):
        return any(keyword.arg in FIELDS for keyword in node.keywords)
    return False


def test_states_are_changed_only_in_their_doors():
    found = set()
    for path in sources():
        where = str(path.relative_to(settings.BASE_DIR))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= {(where, function, line) for function, line in strays(tree, where) if (where, function) not in DOORS}
    assert sorted(found) == []


def test_every_door_still_exists():
    for where, function in DOORS:
        tree = ast.parse((Path(settings.BASE_DIR) / where).read_text(encoding="utf-8"))
        assert function in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow[0])
def test_tables_name_every_state_and_only_states(workflow):
    _, _, states, moves, waiting_for = workflow
    assert set(moves) == set(states)
    assert {target for targets in moves.values() for target in targets} <= set(states)
    if waiting_for is not None:
        assert set(waiting_for) == set(states)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow[0])
def test_every_state_can_be_reached(workflow):
    _, _, states, moves, _ = workflow
    reached, waiting = set(), [next(iter(states))]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += moves[state]
    assert reached == set(states)


@pytest.mark.parametrize("workflow", [row for row in WORKFLOWS if row[4] is not None], ids=lambda workflow: workflow[0])
def test_only_a_final_state_waits_for_nobody(workflow):
    _, _, _, moves, waiting_for = workflow
    for state, targets in moves.items():
        if waiting_for[state] is None:
            continue
        assert targets, state


def test_the_drawings_are_those_of_the_code():
    folder = Path(settings.BASE_DIR) / "docs" / "workflows"
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")} == drawings()
