"""What the newsroom's database must hold before anybody signs in: the office's branch, its roles, its workflow."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage, WorkflowTask

from communique.newsroom.models import FourEyesTask, OfficePage
from communique.newsroom.roles import CLEARER, PUBLISHER, ROLES, WRITER
from communique.newsroom.standing.keeping import lay_first_texts

WORKFLOW = "Four eyes"


@transaction.atomic
def ensure_office() -> OfficePage:
    """The office's page with roles and workflow; what is there already is left as it is."""
    found = OfficePage.objects.first()
    if found:
        return found
    root = Page.get_first_root_node()
    page: OfficePage = root.add_child(instance=OfficePage(title="Office", slug="office", live=False))
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for role in ROLES:
        group, _made = Group.objects.get_or_create(name=role)
        group.permissions.add(access)
        if role in (WRITER, CLEARER, PUBLISHER):
            for sort in ("add", "change", "lock", "unlock"):
                GroupPagePermission.objects.create(group=group, page=page, permission_type=sort)
    workflow = Workflow.objects.create(name=WORKFLOW)
    task = FourEyesTask.objects.create(name="Second pair of eyes")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    lay_first_texts()
    return page
