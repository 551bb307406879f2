"""The pages for operators: how the installation is, and the background jobs that need somebody. No file is shown."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ina.base import clock
from ina.ops import health, jobs, runs
from ina.ops.checks import State
from ina.web.shell.pages import lead_to

ACTIONS = {
    "wiederholen": (jobs.repeat_job, "Auftrag {} wird wiederholt."),
    "verwerfen": (jobs.drop_job, "Auftrag {} ist verworfen."),
}


@require_GET
def status(request):
    jobs.may_look_after(request.actor).require()
    now = clock.now()
    answers = health.check_all(now)
    context = {
        "answers": answers,
        "to_do": [answer for answer in answers if answer.state is not State.OK],
        "sound": health.is_sound(answers),
        "runs": runs.list_runs(now),
    }
    return render(request, "ops/status.html", context)


@require_GET
def job_list(request):
    jobs.may_look_after(request.actor).require()
    return render(
        request, "ops/jobs.html", {"jobs": jobs.list_troubled_jobs(), "actions": list(ACTIONS), "section": "status"}
    )


@require_POST
def job_action(request, job_id: int, action: str):
    if action not in ACTIONS:
        raise Http404
    operation, message = ACTIONS[action]
    operation(actor=request.actor, now=clock.now(), job_id=job_id)
    return lead_to(request, reverse("job_list"), message.format(job_id))
