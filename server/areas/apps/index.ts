/**
 * The catalog: apps, their releases and files, the rights to install them, and how far each is on every device. What a device should have is
 * said by policies of the kind `app`; how an app gets there belongs to platforms.
 */
export {}
