"""The formula of each criterion in words, with the numbers that the code computes with."""

from geoplan.criteria import city_region, enriched, geography, membership, size, task, ties
from geoplan.messages import Message
from geoplan.units import Level

FORMULAS = {
    "border_share": Message(
        "Length of the common border, divided by {share:p0} of the candidate's whole boundary; at most 1.",
        share=geography.FULL_BORDER_SHARE,
    ),
    "enclosure": Message(
        "The share of the candidate's boundary that lies against those on board. Other neighbours count"
        " with the"
        " share of their own boundary that does."
    ),
    "closeness": Message(
        "1 at no distance, half of it every {places:n0} km between municipalities and every {counties:n0} km"
        " between counties.",
        places=geography.HALF_DISTANCE_OF_PLACES_KM, counties=geography.HALF_DISTANCE_KM[Level.COUNTY],
    ),
    "chain": Message("1 over one border, ½ over two, ¼ over three; 0 where there is no way."),
    "same_county": Message("The share of those on board that lie in the candidate's county."),
    "same_association": Message("The share of those on board that are in the candidate's association."),
    "same_state": Message("The share of those on board that lie in the candidate's state."),
    "same_government_region": Message("The share of those on board in the candidate's government region."),
    "size_parity": Message(
        "1 with equally many inhabitants, 0 from {ratio:n0} times as many on, on a logarithmic scale"
        " between.",
        ratio=size.NO_PARITY_RATIO,
    ),
    "similar_density": Message(
        "1 with equally many inhabitants a square kilometre, 0 from {ratio:n0} times as many on, logarithmic"
        " between.",
        ratio=size.NO_PARITY_RATIO,
    ),
    "small_size": Message(
        "1 up to {small:n0} inhabitants of the candidate, 0 from {large:n0} on, logarithmic between.",
        small=size.SMALL_POPULATION, large=size.LARGE_POPULATION,
    ),
    "own_need": Message(
        "1 up to {small:n0} inhabitants of those on board on average, 0 from {large:n0} on, logarithmic"
        " between.",
        small=size.SMALL_POPULATION, large=size.LARGE_POPULATION,
    ),
    "capacity": Message(
        "0 up to {none:n0} inhabitants of the candidate, 1 from {full:n0} on, logarithmic between.",
        none=size.NO_CAPACITY, full=size.FULL_CAPACITY,
    ),
    "size_contrast": Message(
        "0 with equally many inhabitants, 1 from {ratio:n0} times as many on, logarithmic between.",
        ratio=city_region.FULL_CONTRAST_RATIO,
    ),
    "centre_pull": Message(
        "The share of the city in the pull on those on board (inhabitants by squared distance, up to"
        " {reach:n0}"
        " km), divided by {share:p0}; at most 1. An estimate after Huff (1964).",
        reach=city_region.REACH_KM, share=city_region.INNER_RING,
    ),
    "ring_share": Message(
        "The share of the city in the pull on the candidate (inhabitants by squared distance, up to"
        " {reach:n0}"
        " km). An estimate after Huff (1964).",
        reach=city_region.REACH_KM,
    ),
    "prior_cooperation": Message(
        "Known cooperations that both are in, divided by {enough}; at most 1.", enough=ties.ENOUGH_TIES
    ),
    "common_partners": Message(
        "Third parties that both cooperate with, divided by {enough}; at most 1.", enough=ties.ENOUGH_TIES
    ),
    "commuter_ties": Message(
        "The share of commuters between the two, divided by {share:p0}; at most 1. The stronger direction"
        " counts.",
        share=enriched.STRONG_TIE,
    ),
    "same_mittelbereich": Message("The share of those on board in the candidate's middle-order area."),
    "same_labour_market": Message("The share of those on board in the candidate's labour market region."),
    "same_planning_region": Message("The share of those on board in the candidate's planning region."),
    "service_profile": Message(
        "1 where one has or offers what the other needs, 0.6 where both need it; on average over those on"
        " board."
    ),
    "belongs_to": Message("The share of those on board that belong to the candidate, or it to them."),
    "shared_region": Message("The share of those on board in one metropolitan region with the candidate."),
    "shared_members": Message(
        "Counties that are members of both regions, divided by {enough}; at most 1.",
        enough=membership.ENOUGH_SHARED_MEMBERS,
    ),
    "task_level": Message(
        "How far the level of the candidate holds the task by law; {open:n1} where that is open.",
        open=task.OPEN,
    ),
}  # fmt: skip
"""By criterion."""
