// English: what needs a decision of HR.
export const exceptions = {
  text: 'What the machine will not decide alone.',
  open: 'Open',
  resolved: 'Resolved',
  what: 'What happened',
  who: 'Who',
  where: 'Tablet',
  when: 'When',
  noteHead: 'Note',
  resolve: 'Resolve',
  resolveTitle: 'Resolve this exception',
  note: 'What you found and decided',
  noteHint: 'It stays in the record, with your name and the time.',
  punchStays: 'The punch itself never changes.',
  resolving: 'Resolving: {{what}}',
  resolvingText: 'It is written in {{seconds}} seconds.',
  undo: 'Undo',
  emptyTitle: 'Nothing to decide',
  emptyText: 'Disputed punches, unsure clocks and people a tablet did not recognise appear here.',
  emptyResolvedTitle: 'Nothing was resolved yet',
  emptyResolvedText: 'Resolved exceptions stay here with their notes.',
  seePunches: 'Punches of that day',
  unknownPerson: 'Not known',
  and: 'and {{name}}',
  duplicate: {
    question: 'Who are they?',
    two: 'Two different people',
    twoMeans: 'The enrolment may be repeated. From then on both are also asked for their PIN.',
    one: 'One person with two records',
    oneMeans:
      'The record you choose is closed from today on: its templates and PIN are destroyed, its punches stay.',
    close: 'Record to close',
    chooseClose: 'Choose the record to close.',
  },
  kinds: {
    DISPUTED: {
      name: '“That’s not me”',
      means:
        'Someone said at the tablet that the shown name was wrong. The punch was undone at once; check who it was.',
    },
    EVENT_FORK: {
      name: 'Two histories from one tablet',
      means:
        'A tablet sent two different records under the same number, as after restoring an old copy. Check with IT before trusting its punches.',
    },
    CLOCK_UNVERIFIED: {
      name: 'Clock not certain',
      means:
        'The tablet could not prove its time when it was offline. Compare with the shift before you count it.',
    },
    NOT_RECOGNISED_REPEATEDLY: {
      name: 'Not recognised several times',
      means:
        'Someone tried again and again without being recognised. They may need a new enrolment or a PIN.',
    },
    CAMERA_CHANGED: {
      name: 'Camera was changed',
      means:
        'The tablet shows another camera than the one pinned at pairing. It may be a repair, or someone feeding a recording.',
    },
    DUPLICATE_FACE: {
      name: 'Face known under another name',
      means:
        'Two employees have the same face: twins, or one person with two records. A new enrolment waits until you say which.',
    },
    FACE_DIFFERS: {
      name: 'Right PIN, other face',
      means:
        'Code and PIN were right, but the face at the tablet was not the one enrolled for them. No punch was made. Ask who it was; a person who has changed a lot enrols again.',
    },
    BOX_UNREADABLE: {
      name: 'Record could not be opened',
      means:
        'The sealed part of a punch could not be opened, so nobody could be matched. Ask who came at that time.',
    },
    LATE_ARRIVAL: {
      name: 'Arrived long after the fact',
      means:
        'The tablet was offline and sent this punch much later. Payroll of that day may already be prepared.',
    },
  },
};
