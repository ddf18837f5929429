"""What the words of an article were asked for is said beside it; drafts of revocations speak of no money unasked."""

OLD_ABSTRACT = "Về việc hủy bỏ quyết định khen thưởng và thu hồi hiện vật, tiền thưởng"
ABSTRACT = "Về việc hủy bỏ quyết định khen thưởng"


def migrate(cr, version):
    # As it was decided until now: an article with a sum was left out where there was none, but for one that takes
    # back the certificate as well.
    cr.execute(
        "UPDATE emulation_decision_article"
        "   SET only_with_money = (content LIKE '%{total%' AND content NOT LIKE '%hiện vật%')"
    )
    cr.execute(
        "UPDATE emulation_decision SET abstract = %s WHERE state = 'draft' AND kind = 'revocation' AND abstract = %s",
        [ABSTRACT, OLD_ABSTRACT],
    )
