import type { TemplateBody } from '../../contract/templates.ts'

/** Forty invented people on drama numbers, as the file that somebody would import. */
export function writeSamplePeople(): string {
  const first =
    'Amira Ben Chloé Dario Elif Farah Grace Hugo Ines Jonas Kemal Lena Mateo Nora Omar Paula Quentin Rosa Samir Tessa'
  const last =
    'Ward Holt Petit Rossi Demir Khan Okafor Lefèvre Costa Weber Aydin Vogel Silva Lindqvist Haddad Nowak Martin Bianchi Amari Jansen'
  const names = first.split(' ').flatMap((name, index) => {
    const family = last.split(' ')
    return [`${name} ${family[index]}`, `${name} ${family[(index + 7) % family.length]}`]
  })
  const duties = ['Incident lead', 'IT lead', 'Fire warden', 'Communications', 'Facilities']
  const rows = names.map((name, index) => {
    const above = index === 0 ? '' : `P${String(Math.floor((index - 1) / 4) + 1).padStart(3, '0')}`
    const language = ['en', 'en', 'fr', 'en', 'de'][index % 5]
    const number = `+447700900${String(100 + index).padStart(3, '0')}`
    const duty = index < 5 ? duties[index] : ''
    return [`P${String(index + 1).padStart(3, '0')}`, name, number, language, 'Europe/London', duty, above].join(',')
  })
  return ['id,name,mobile,language,time zone,duty,reports to', ...rows].join('\r\n')
}

const RESPONSES: TemplateBody['responses'] = [
  {
    digit: '1',
    code: 'safe',
    accepts: true,
    needsHelp: false,
    label: { en: 'I am safe', fr: 'Je suis en sécurité', de: 'Ich bin sicher' },
  },
  {
    digit: '2',
    code: 'help',
    accepts: false,
    needsHelp: true,
    label: { en: 'I need help', fr: "J'ai besoin d'aide", de: 'Ich brauche Hilfe' },
  },
]

export const SAMPLE_TEMPLATES: TemplateBody[] = [
  {
    name: 'Evacuate the building',
    severity: 'extreme',
    strategy: 'broadcast',
    plan: [
      { after: 'PT0S', channels: ['push', 'sms'] },
      { after: 'PT30S', channels: ['voice'] },
    ],
    texts: {
      en: { title: 'Evacuate now', body: 'Leave by the nearest exit. Meet at assembly point B. Do not use the lifts.' },
      fr: {
        title: 'Évacuez maintenant',
        body: "Sortez par l'issue la plus proche. Rassemblement au point B. Pas d'ascenseur.",
      },
      de: { title: 'Gebäude sofort verlassen', body: 'Nächster Ausgang. Sammelpunkt B. Keine Aufzüge benutzen.' },
    },
    responses: RESPONSES,
    lifetime: 'PT4H',
  },
  {
    name: 'Crisis team to the bridge',
    severity: 'severe',
    strategy: 'broadcast',
    plan: [
      { after: 'PT0S', channels: ['push', 'sms'] },
      { after: 'PT1M', channels: ['voice'] },
    ],
    texts: {
      en: {
        title: 'Crisis team: join the call',
        body: 'Our systems are under attack. Do not use company mail or chat.',
      },
      fr: {
        title: 'Cellule de crise : rejoignez la conférence',
        body: "Nos systèmes sont attaqués. N'utilisez ni la messagerie ni le chat.",
      },
      de: {
        title: 'Krisenstab: in die Konferenz',
        body: 'Unsere Systeme werden angegriffen. Keine Firmenmail, kein Firmenchat.',
      },
    },
    responses: [
      {
        digit: '1',
        code: 'joining',
        accepts: true,
        needsHelp: false,
        label: { en: 'I am joining', fr: 'Je rejoins', de: 'Ich komme' },
      },
      {
        digit: '2',
        code: 'cannot',
        accepts: false,
        needsHelp: false,
        label: { en: 'I cannot', fr: 'Je ne peux pas', de: 'Ich kann nicht' },
      },
    ],
    lifetime: 'PT12H',
  },
]
export const SAMPLE_TREE = 'Everyone at Harbour Works'
