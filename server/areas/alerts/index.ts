/**
 * What a person should look at, who hears of it and when: the alert centre, mail, the daily digest.
 */
export {}
