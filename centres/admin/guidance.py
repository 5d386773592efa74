"""Words of help beside fields whose models say none: what a person on the first day at the desk would ask.

By the name of a field, or by its model and name where the same name means different things.
"""

from django.utils.translation import gettext_lazy as _

ROLES = _(
    "A coordinator keeps the pages of one family centre. An area coordinator keeps those of all centres of an area, "
    "and what they share. A professional signs in and changes nothing."
)
HELP = {
    "order": _("Small numbers come first."),
    "status": _("A draft is seen at the desk alone."),
    "reviewed_by": _("The organisation that made sure. Families see it beside the day."),
    "agegroup.centre": _("The centre whose page this is."),
    "theme.centre": _("The centre whose page this is."),
    "offering.centre": _("The centre whose families see this."),
    "offering.service": _("Begin to type its name. If it is not there, add it with the plus."),
    "membership.role": ROLES,
    "invitation.role": ROLES,
    "invitation.language": _("The language in which the invitation is written."),
    "membership.centre": _("Empty for an area coordinator."),
    "membership.area": _("For an area coordinator alone."),
    "familycentre.municipality": _("As families say it, for example Posio."),
    "familycentre.accent": _("The colour of buttons and headings on the centre's pages."),
    "familycentre.for_families": _("In everyday words: what there is, and for whom."),
    "familycentre.for_professionals": _("How to work together with the family centre."),
    "familycentre.coordinator_email": _("Families and partners see this address."),
    "familycentre.feedback_url": _("Where families can say what they think of the pages."),
    "levelname.name": _("What your centre calls this level."),
    "localtask.how": _("In a few sentences: what is done, who does it."),
    "organisation.summary": _("What it does for families."),
    "organisation.url": _("Its own page on the web."),
    "organisation.parent": _(
        "For a unit of a larger organisation, for example a municipality's school services."
    ),
    "place.district": _("As people there call it."),
    "place.directions": _("Which door, which bus, where the pram is left."),
    "place.accessibility": _("Lift, a way in without steps, a toilet."),
    "agegroup.intro": _("One or two sentences under the heading."),
    "theme.intro": _("One or two sentences under the heading."),
    "theme.icon": _("A small drawing on its card."),
    "service.description": _("What happens there, for whom, and what to do first. Short paragraphs."),
    "service.topics": _("What it is about. Theme pages find it by these."),
    "service.level": _("The step it stands on: the higher, the stronger the help."),
    "service.sector": _("The field it mostly belongs to."),
    "service.access": _("What a family does first."),
    "service.how_to_get": _("One or two sentences: whom to call, what to fill in."),
    "service.cost": _("For example: 5 euros a visit."),
    "service.ways": _("How it is given. Tick all that hold."),
    "service.languages": _("The languages in which families are served."),
    "contact.kind": _("Recognised if left empty."),
    "contact.value": _("For example 040 1234567 or www.posio.fi."),
    "provision.role": _("Who answers for the service, or who does the work."),
    "provision.organisation": _("Begin to type its name."),
    "servicepoint.place": _("Begin to type its name. If it is not there, add it with the plus."),
    "servicepoint.always_open": _("Then it needs no opening hours."),
    "servicepoint.by_appointment": _("Families are told to book a time first."),
    "openingspan.opens": _("For example 9 or 9.30."),
    "meeting.local_network": _("Begin to type its name."),
    "meeting.day": _("For example 1.6.2027."),
    "meeting.starts": _("For example 9 or 9.30."),
    "meeting.place": _("Begin to type its name. If it is not there, add it with the plus."),
    "meeting.is_cancelled": _("It stays to be seen, crossed out, with the reason."),
    "material.label": _("For example: agenda, minutes, slides."),
    "material.url": _("Where it is to be read. Only signed-in professionals see it."),
    "meetingplace.centre": _("The centre whose families see this."),
    "meetingplace.description": _("What happens there, in what order, and who is there."),
    "meetingplace.organiser": _("Begin to type its name."),
    "meetingplace.co_organisers": _("Tick all that arrange it together."),
    "meetingplace.cost": _("For example: coffee 2 euros."),
    "meetingplace.url": _("Its own page on the web."),
    "meetingplace.phone": _("For example 040 1234567. Families see it."),
    "network.kind": _("What sort of group it is. Readers narrow the list by it."),
    "network.tier": _("How wide it works: here, in the area, in the county, in the country."),
    "network.consent_needed": _("Empty: nobody has said. Then readers are told nothing about it."),
    "network.anonymous_consultation": _("Empty: nobody has said. Then readers are told nothing about it."),
    "network.legal_url": _("For example the act's page on finlex.fi."),
    "networklink.label": _("For example: guide for those who bring a case."),
    "networklink.url": _("A public page, for example www.thl.fi/en."),
    "localnetwork.network": _("Begin to type its name. If it is not there, add it with the plus."),
    "localnetwork.centre": _("The centre in which it works."),
    "localnetwork.url": _("Its own page on the web."),
    "seat.organisation": _("Begin to type its name."),
    "seat.role": _("Who calls the others together, who belongs to it, who stands in."),
    "season.centre": _("The centre whose timetable this is."),
    "session.meeting_place": _("Begin to type its name."),
    "session.season": _("Begin to type its name."),
    "session.rule": _("Even and odd are told by the number of the week."),
    "session.needs_registration": _("Only where this one differs from the meeting place."),
    "session.starts": _("For example 9 or 9.30."),
    "session.follows_schools": _("Then it is crossed out on the days of a school holiday."),
    "session.on_public_holidays": _(
        "Otherwise it is crossed out on public holidays, with the name of the day."
    ),
    "session.co_host": _("Only where somebody else arranges this one too."),
    "session.languages": _("The languages that are spoken there."),
    "session.note": _("Only what holds for this session."),
    "sessionchange.day": _("The date of the session that is different."),
    "sessionchange.to_day": _("Only where it moves to another date."),
    "sessionchange.starts": _("Only where the time is another."),
    "sessionchange.place": _("Only where the place is another."),
    "closure.centre": _("The centre whose meeting places are closed."),
    "specialhours.reason": _("Families see it, for example: Christmas Eve."),
    "plan.year": _("In four digits, for example 2027."),
    "planitem.plan": _("Begin to type its year. A new row is begun most easily from the form of its plan."),
    "planitem.outcome": _(
        "Evaluated most easily on the page “Evaluate the plan”, which asks what happens next, too."
    ),
    "responsible.network": _("Begin to type its name. Its page then leads to this row."),
    "responsible.organisation": _("Begin to type its name. Either a network or an organisation."),
    "continuation.target": _("Begin to type the title of the row in the later plan."),
    "duty.plan": _("Begin to type its year. A new duty is begun most easily from the form of its plan."),
    "duty.task": _("For example: keeps the list of e-mail addresses."),
    "dutyholder.network": _("Begin to type its name."),
    "dutyholder.organisation": _("Begin to type its name. Either a network or an organisation."),
    "accessrequest.email": _("The answer goes there, and they sign in with it."),
    "accessrequest.language": _("The language in which the answer is written."),
    "accessrequest.message": _("As they wrote it."),
    "accessrequest.organisation": _("Begin to type its name. If it is not there, add it with the plus."),
    "accessrequest.phone": _("For example 040 1234567."),
    "accessrequest.title": _("For example: public health nurse."),
    "professional.email": _(
        "Colleagues write there. By it the card becomes that of whoever signs in with it."
    ),
    "professional.languages": _("The languages in which colleagues can talk with this person."),
    "professional.organisation": _("Begin to type its name."),
    "professional.phone": _("For example 040 1234567. Only professionals who have been let in see it."),
    "professional.topics": _("What colleagues may ask about. The consultation finder finds people by these."),
}


def help_for(field):
    """The words of help for a field of a model; empty where it needs none."""
    field = getattr(field, "translated_field", field)
    return HELP.get(f"{field.model._meta.model_name}.{field.name}", HELP.get(field.name, ""))
