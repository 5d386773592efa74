"""What somebody saves while a table is being brought in."""

from typing import Any

from centres.history.locking import lock
from centres.history.recording import roots_of
from services.models import Contact, Service
from services.tables.actions import bring_in, try_out
from tests.factories import ContactFactory, ServiceFactory
from tests.harness.meanwhile import while_another
from tests.services.tables import sheet, table


def test_a_form_that_is_saved_as_a_table_comes_in_is_not_undone(transactional_db: None):
    service = ServiceFactory(slug="neuvola", cost_fi="5 euroa", keywords_fi="vauva")
    rows = sheet(["Nimi verkko-osoitteessa", "Hinta sanoin (suomi)"], ["neuvola", "6 euroa"])
    digest = try_out(table=table(Service), sheet=rows).digest
    others = Service.objects.get(pk=service.pk)
    others.keywords_fi = "vauva, raskaus"

    _outcome, saved = while_another(
        others.save, lambda: bring_in(table=table(Service), sheet=rows, digest=digest)
    )

    service.refresh_from_db()
    assert (saved, service.cost_fi, service.keywords_fi) == (True, "6 euroa", "vauva, raskaus")
    assert "raskaus" in service.search_fi


def test_what_a_form_changes_of_the_same_cell_meanwhile_is_looked_at_first(transactional_db: None):
    contact = ContactFactory(kind="phone", value="040 123 4567")
    headings = ["Tunniste", "Palvelu", "Perhekeskus", "Numero tai osoite"]
    rows = sheet(headings, [str(contact.pk), contact.service.slug, "", "040 111 1111"])
    digest = try_out(table=table(Contact), sheet=rows).digest

    def another_form() -> None:
        lock(roots_of([contact]))
        Contact.objects.filter(pk=contact.pk).update(value="040 765 4321")

    _outcome, saved = while_another(
        another_form, lambda: bring_in(table=table(Contact), sheet=rows, digest=digest)
    )

    contact.refresh_from_db()
    assert (saved, contact.value) == (False, "040 765 4321")


def test_a_table_saves_no_column_that_it_does_not_change(db: None):
    """Whoever writes without waiting (a command at night) is not undone either."""
    service = ServiceFactory(slug="neuvola", cost_fi="5 euroa", reviewed_on=None)
    of_all = table(Service)
    prepare = of_all.prepare

    def then_another_writes(rows: Any) -> None:
        prepare(rows)
        Service.objects.filter(pk=service.pk).update(urgent_order=7)

    of_all.prepare = then_another_writes
    of_all.run(
        sheet(["Nimi verkko-osoitteessa", "Hinta sanoin (suomi)"], ["neuvola", "6 euroa"]), dry_run=False
    )

    service.refresh_from_db()
    assert (service.cost_fi, service.urgent_order) == ("6 euroa", 7)
