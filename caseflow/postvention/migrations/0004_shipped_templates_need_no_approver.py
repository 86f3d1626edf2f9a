from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("postvention", "0003_templates")]
    operations = [
        migrations.RemoveConstraint("messagetemplate", "approved_loss_template_has_its_approver"),
        migrations.AddConstraint(
            "messagetemplate",
            models.CheckConstraint(
                condition=Q(("approved_at", None), ("approved_by", None), ("state", "draft"))
                | (
                    ~Q(("state", "draft"))
                    & Q(("approved_at__isnull", False))
                    & (Q(("approved_by__isnull", False)) | Q(("region", None)))
                ),
                name="approved_loss_template_has_its_approver",
            ),
        ),
    ]
