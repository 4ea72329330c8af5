"""The release before can live with the schema of this one, for it answers while migrations run, and again after a rollback.

So a release adds (expand), and a later one takes away what no code uses any more (contract). A migration that takes away
says since when nothing uses it: `contract = "no code reads it since 1.1"` in its class.
"""

import re

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.everywhere.test_conventions import APPS

# The release before: its commit, whose code tests/faults/test_release_before.py runs, and its last migrations. To be moved
# on when a release is made.
RELEASED_COMMIT = "7bccec02635be5aa7498dddd5957e11ef770856d"
RELEASED = {
    "blog": "0011",
    "chapter": "0021",
    "events": "0018",
    "facilitation": "0005",
    "followers": "0001",
    "microactions": "0008",
    "principles": "0002",
}
TAKES_AWAY = (
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.RemoveField,
    migrations.RenameField,
    migrations.AlterModelTable,
    migrations.AddConstraint,
    migrations.AlterUniqueTogether,
)
SQL_TAKES_AWAY = re.compile(r"\b(?:DROP TABLE|RENAME|SET NOT NULL|ADD CONSTRAINT)\b", re.IGNORECASE)
COLUMN = re.compile(r"\b(DROP|ADD) COLUMN (\w+)", re.IGNORECASE)


def flattened(operations):
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from flattened(operation.database_operations)
        else:
            yield operation


def is_refused_to_old_code(field):
    """Whether a row that names no value for the new column is refused: the default of Django is not the database's."""
    has_column = not field.many_to_many
    return has_column and not field.null and not field.has_db_default() and not field.generated


def is_narrower(new, old):
    of_another_kind = new.get_internal_type() != old.get_internal_type()
    is_shorter = (new.max_length or 10**9) < (old.max_length or 10**9)
    return of_another_kind or is_shorter or (old.null and not new.null) or (new.unique and not old.unique)


def sql_takes_away(text):
    # A column that is made anew in the same statement is there for whoever asks.
    columns = {
        verb: {name for found, name in COLUMN.findall(text) if found.upper() == verb} for verb in ("DROP", "ADD")
    }
    return bool(SQL_TAKES_AWAY.search(text) or columns["DROP"] - columns["ADD"])


def what_it_takes(migration, state):
    """What the release before would miss. `state` is that before the migration; tables that are new are nobody's yet."""
    new = {name for label, name in state.models if (label, name) not in state.released}
    for operation in flattened(migration.operations):
        name = (getattr(operation, "model_name", "") or getattr(operation, "name", "") or "").lower()
        if isinstance(operation, migrations.CreateModel):
            new.add(name)
        elif isinstance(operation, migrations.RunSQL):
            if sql_takes_away(str(operation.sql)):
                yield "SQL"
        elif name in new:
            continue
        elif isinstance(operation, migrations.AlterField):
            if is_narrower(operation.field, state.models[migration.app_label, name].fields[operation.name]):
                yield f"{name}.{operation.name}"
        elif isinstance(operation, migrations.AddField):
            if is_refused_to_old_code(operation.field):
                yield f"{name}.{operation.name}"
        elif isinstance(operation, TAKES_AWAY):
            yield name


def written_since(loader):
    """(migration, the state before it) of what the release before has not run."""
    own = [key for key in loader.graph.nodes if key[0] in APPS and key[1][:4] > RELEASED.get(key[0], "")]
    released = set(loader.project_state([k for k in loader.graph.nodes if k not in own and k[0] in APPS]).models)
    for key in own:
        state = loader.project_state(
            loader.graph.node_map[key].parents and [p.key for p in loader.graph.node_map[key].parents]
        )
        state.released = released
        yield loader.graph.nodes[key], state


def test_the_release_before_can_live_with_each_migration():
    unsaid = {
        str(migration): taken
        for migration, state in written_since(MigrationLoader(None))
        if not getattr(migration, "contract", "") and (taken := list(what_it_takes(migration, state)))
    }
    assert unsaid == {}


# The rule itself


NAME = models.CharField(max_length=40)
TAKEN = [
    migrations.RemoveField("member", "name"),
    migrations.RenameField("member", "name", "called"),
    migrations.DeleteModel("member"),
    migrations.AlterField("member", "name", models.CharField(max_length=20)),
    migrations.AlterField("member", "bio", models.TextField()),
    migrations.AddField("member", "title", models.CharField(max_length=40, default="")),
    migrations.AddConstraint("member", models.UniqueConstraint(fields=["name"], name="one")),
    migrations.RunSQL("ALTER TABLE member DROP COLUMN name"),
]
GIVEN = [
    migrations.AddField("member", "title", models.CharField(max_length=40, db_default="")),
    migrations.AddField("member", "title", models.CharField(max_length=40, null=True)),
    migrations.AlterField("member", "name", models.CharField(max_length=80)),
    migrations.AddIndex("member", models.Index(fields=["name"], name="quick")),
    migrations.CreateModel("Badge", [("id", models.BigAutoField(primary_key=True)), ("name", NAME)]),
    migrations.RunSQL("CREATE INDEX quick ON member (name)"),
    migrations.RunSQL("ALTER TABLE member DROP COLUMN words; ALTER TABLE member ADD COLUMN words text"),
]


def taken_by(operation):
    state = ProjectState()
    state.add_model(ModelState("chapter", "Member", [("name", NAME), ("bio", models.TextField(null=True))]))
    state.released = {("chapter", "member")}
    migration = migrations.Migration("9999_trial", "chapter")
    migration.operations = [operation]
    return list(what_it_takes(migration, state))


@pytest.mark.parametrize("operation", TAKEN, ids=lambda operation: operation.describe())
def test_what_takes_away_is_found(operation):
    assert len(taken_by(operation)) == 1


@pytest.mark.parametrize("operation", GIVEN, ids=lambda operation: operation.describe())
def test_what_adds_is_let_through(operation):
    assert taken_by(operation) == []
