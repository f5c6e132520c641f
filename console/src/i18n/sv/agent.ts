/** Texts of this part of the console. */
export const agent = {
  'event.agent.cloned': 'En kopia av agenten talar för {subject}',
  'event.agent.refused': '{subject} tog inte emot det servern skickade: {code}',
  'problem.agent.clock': 'Enhetens klocka går långt från serverns.',
  'problem.agent.clock.next': 'Inget behöver göras: agenten tar tiden ur svaret och frågar igen.',
  'problem.agent.challenge': 'Utmaningen kommer inte från den här servern, eller så är den för gammal.',
  'problem.agent.challenge.next': 'Inget behöver göras: agenten ber om en ny. Om det fortsätter, skapa en ny inbjudan.',
  'problem.agent.busy': 'För många enheter håller på att registrera sig med den här inbjudan.',
  'problem.agent.busy.next': 'Vänta några minuter och skanna koden igen.',
  'problem.agent.mode': 'Den här inbjudan gäller enheter som hanteras på ett annat sätt.',
  'problem.agent.mode.next': 'Skapa en inbjudan med rätt ägare: företag för hela enheten, privat för en arbetsprofil.',
  'problem.agent.message': 'Agentens meddelande går inte att läsa.',
  'problem.agent.message.next': 'Uppdatera agenten; är den redan den nyaste, rapportera det med begärans nummer.',
  'enrollment.kind.fully-managed': 'Hela enheten',
  'enrollment.kind.dedicated': 'Hela enheten för ett ändamål',
  'enrollment.kind.company-profile': 'Företagets enhet med arbetsprofil',
  'enrollment.kind.work-profile': 'Privat enhet, bara arbetsprofilen',
} as const
