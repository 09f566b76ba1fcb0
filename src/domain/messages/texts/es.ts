import type { SystemTexts } from '../language-texts.ts'

export const es: SystemTexts = {
  drillMark: 'SIMULACRO',
  drillSpoken: 'Esto es un simulacro.',
  reply: (answers, example) => `Responda ${answers}. Con la clave: ${example}`,
  press: (digit, label) => `Pulse ${digit}: ${label}.`,
  pressStar: 'Pulse asterisco para repetir.',
  open: 'Abrir',
  allClear: 'FIN DE LA ALERTA',
  allClearBody: 'Esta alerta ha terminado. Ya no hace falta responder.',
  expired: 'TERMINADA',
  expiredBody: 'Esta alerta ha terminado por tiempo. Nadie ha confirmado el fin del peligro.',
  raised: (time) => `Alerta del ${time}`,
  recorded: (label) => `Registrado: ${label}. Gracias.`,
  ended: (time) => `Esta alerta terminó a las ${time}. Su respuesta queda guardada.`,
  unclear: (number) => `Una persona va a leer esto. En peligro llame al ${number ?? 'número de emergencias'}.`,
  noOpenAlert: 'No hay ninguna alerta abierta para este número.',
  greeting: (organisation) => `Le llama ${organisation} con una alerta para usted.`,
  voicemail: (organisation) =>
    `Le llama ${organisation}. Hay un mensaje importante para usted. Lea los mensajes de su teléfono o devuelva la llamada a este número.`,
  whoIsThis: 'Varias personas comparten este teléfono. ¿Quién habla?',
  severalAlerts: 'Hay varias alertas abiertas. ¿Cuál quiere oír?',
  unknownKey: 'Esa tecla no es una de las respuestas.',
  optedOut: (organisation) => `No recibirá más SMS de ${organisation} aquí. Envíe START para recibirlos de nuevo.`,
  optedIn: (organisation) => `Volverá a recibir los SMS de ${organisation}. Envíe STOP para dejar de recibirlos.`,
}
