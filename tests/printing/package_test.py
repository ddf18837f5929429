"""What is printed and what is read are two packages that know nothing of each other, and agree on what is damaged."""

from office import safety
from printing import package


def test_both_packages_call_the_same_errors_a_damaged_file():
    assert package.DAMAGED == safety.DAMAGED
