"""Ranked*, Gap* -> Plan: the best stack under hours, money and a deadline, in order, with what stays open."""

from mcgap.plan.frontier import frontier
from mcgap.plan.stack import outline_stack, plan_stack
from mcgap.plan.through import stack_through

__all__ = ["frontier", "outline_stack", "plan_stack", "stack_through"]
