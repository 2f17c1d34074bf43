"""Who may sign in: an app of its own, because Wagtail's tables refer to users and the newsroom's refer to Wagtail's."""
