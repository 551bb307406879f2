"""The list as somebody writes it in an hour: the plain ORM, an exact total, a small template; same reader, same wall.

And the same table in Django's admin. It reads by the nightly log-in, for which there is no wall: the admin as it comes
would otherwise look at every row of the state through the wall, which nobody would build. Its filter "my cases" is the
same as the list's; it has no row of the trail.
"""

from __future__ import annotations

from django.contrib.admin import AdminSite, ModelAdmin, register
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines

from ina.accounts.enums import Role
from ina.cases.models import Worklist

PAGE = 50
TEMPLATE = """<!doctype html><title>Fälle</title><h1>Fälle</h1><p>{{ page.paginator.count }} Fälle</p>
<table>{% for row in page %}<tr><td><a href="/akten/{{ row.dossier.number }}/">{{ row.name_key }}</a></td>
<td>{{ row.dossier.number }}</td><td>{{ row.get_state_display }}</td><td>{{ row.planning_key|date:"d.m.Y" }}</td>
<td>{{ row.due_key|date:"d.m.Y" }}</td><td>{{ row.step }}</td><td>{{ row.unit.short_name }}</td>
<td>{{ row.responsible.user.display_name }}</td><td>{{ row.last_contact_on|date:"d.m.Y" }}</td>
<td>{{ row.team.name }}</td></tr>{% endfor %}</table>
{% if page.has_next %}<a href="?page={{ page.next_page_number }}">weiter</a>{% endif %}"""
RELATED = ("dossier", "unit", "responsible__user", "team")


def thin_list(request: HttpRequest) -> HttpResponse:
    """Filter, order, 50 rows, exact total."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Worklist.objects.unscoped(because="Boden einer Messung: die Wand allein").filter(is_open=True)
    if actor.role == Role.TEAM_LEAD:
        rows = rows.filter(team_id=actor.team_id)
    elif actor.role == Role.PRISON_SOCIAL:
        rows = rows.filter(unit_id=actor.institution_id)
    else:
        rows = rows.filter(responsible_id=actor.membership_id)
    rows = rows.select_related(*RELATED).order_by("planning_key", "case_id")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return HttpResponse(engines["django"].from_string(TEMPLATE).render({"page": page}, request))


class Site(AdminSite):
    """Everybody who is logged in may look: what is measured is the list, not who may see it."""

    def has_permission(self, request):
        return request.user.is_authenticated


site = Site("bench")


@register(Worklist, site=site)
class WorklistAdmin(ModelAdmin):
    list_display = (
        "name_key",
        "dossier",
        "state",
        "planning_key",
        "due_key",
        "step",
        "unit",
        "responsible",
        "last_contact_on",
        "team",
    )
    list_filter = ("state", "is_open", "step", "planning_kind")
    list_select_related = RELATED
    list_per_page = PAGE
    ordering = ("planning_key",)
    search_fields = ("name_key", "dossier__number")

    def get_queryset(self, request):
        return super().get_queryset(request).using("batch")

    def has_module_permission(self, request):
        return True

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


# What the nightly log-in must be able to read for it; the owner's statements on a database that is thrown away.
RIGHTS = """
GRANT SELECT ON access_dossier, accounts_user, accounts_team, accounts_membership, institutions_institution
    TO ina_batch;
CREATE POLICY bench ON access_dossier FOR SELECT TO ina_batch USING (true)
"""
