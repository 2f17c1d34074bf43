"""An interview of 24 turns in two languages, invented for the stories: pairs of question and answer."""

from __future__ import annotations

ENGLISH = (
    ("The lamp at the quay has been dark since Monday. When will it be lit?", "On Friday, at dusk."),
    (
        "Who pays for it?",
        "Both harbours, half each.\nThe invoice is one page long, and *both* harbourmasters have read it.",
    ),
    ("How many ships waited?", "Three, and none of them for long."),
    ("Were there complaints?", "One, from a gull."),
    ("Is the keeper well?", "He is, and he sends his thanks for the soup."),
    ("Will the ferry sail on Sunday?", "She will, at seven and at noon."),
    ("What if there is fog?", "Then she waits. Nobody has ever regretted an hour of waiting."),
    ("Do you fear the cost of oil?", "Less than the cost of rocks."),
    ("The reading room is full. Will it grow?", "By forty chairs and one window."),
    ("When does it open?", "In spring.\nThe shelves come by ship, so ask the tide."),
    ("What will you read there?", "The old tide tables. They were wrong in a beautiful hand."),
    ("A last word for our listeners?", "Look up on Friday, at dusk."),
)
FRENCH = (
    ("La lampe du quai est éteinte depuis lundi. Quand sera-t-elle allumée\u202f?", "Vendredi, à la tombée du jour."),
    (
        "Qui paie\u202f?",
        "Les deux ports, chacun la moitié.\nLa facture tient sur une page, et les *deux* capitaineries l’ont lue.",
    ),
    ("Combien de bateaux ont attendu\u202f?", "Trois, et aucun longtemps."),
    ("Y a-t-il eu des plaintes\u202f?", "Une seule, d’un goéland."),
    ("Le gardien va-t-il bien\u202f?", "Oui, et il remercie pour la soupe."),
    ("Le ferry partira-t-il dimanche\u202f?", "Il partira, à sept heures et à midi."),
    ("Et s’il y a du brouillard\u202f?", "Alors il attend. Personne n’a jamais regretté une heure d’attente."),
    ("Craignez-vous le prix de l’huile\u202f?", "Moins que le prix des rochers."),
    ("La salle de lecture est pleine. Va-t-elle grandir\u202f?", "De quarante chaises et d’une fenêtre."),
    ("Quand ouvre-t-elle\u202f?", "Au printemps.\nLes rayons viennent par bateau, demandez donc à la marée."),
    ("Qu’y lirez-vous\u202f?", "Les vieilles tables des marées. Elles se trompaient d’une belle écriture."),
    ("Un dernier mot pour nos auditeurs\u202f?", "Levez les yeux vendredi, à la tombée du jour."),
)
SPEAKER = "Oriel Tavenmark"
