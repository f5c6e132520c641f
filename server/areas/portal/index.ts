/**
 * What a person may see and do about the devices they use, without being an admin.
 */
export {}
