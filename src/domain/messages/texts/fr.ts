import type { SystemTexts } from '../language-texts.ts'

export const fr: SystemTexts = {
  drillMark: 'EXERCICE',
  drillSpoken: 'Ceci est un exercice.',
  reply: (answers, example) => `Répondez ${answers}. Avec le code : ${example}`,
  press: (digit, label) => `Appuyez sur ${digit} : ${label}.`,
  pressStar: 'Appuyez sur étoile pour réécouter.',
  open: 'Ouvrir',
  allClear: "FIN D'ALERTE",
  allClearBody: "Cette alerte est terminée. Il n'est plus nécessaire de répondre.",
  expired: 'TERMINÉE',
  expiredBody: "Cette alerte a pris fin à son échéance. La fin du danger n'a pas été confirmée.",
  raised: (time) => `Alerte du ${time}`,
  recorded: (label) => `Enregistré : ${label}. Merci.`,
  ended: (time) => `Cette alerte a pris fin à ${time}. Votre réponse est conservée.`,
  unclear: (number) => `Une personne va lire ceci. En danger, appelez ${number ?? "votre numéro d'urgence"}.`,
  noOpenAlert: "Aucune alerte n'est ouverte pour ce numéro.",
  greeting: (organisation) => `Ici ${organisation}, avec une alerte pour vous.`,
  voicemail: (organisation) =>
    `Ici ${organisation}. Il y a un message important pour vous. Lisez les messages sur votre téléphone ou rappelez ce numéro.`,
  whoIsThis: 'Plusieurs personnes partagent ce téléphone. Qui parle ?',
  severalAlerts: 'Plusieurs alertes sont ouvertes. Laquelle voulez-vous entendre ?',
  unknownKey: "Cette touche n'est pas une des réponses.",
  optedOut: (organisation) => `Vous ne recevrez plus de SMS de ${organisation} ici. Envoyez START pour les recevoir.`,
  optedIn: (organisation) => `Vous recevrez à nouveau les SMS de ${organisation}. Envoyez STOP pour les arrêter.`,
}
