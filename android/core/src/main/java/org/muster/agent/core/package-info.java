/**
 * What the agent thinks: the protocol, the journal of orders, the documents it trusts, and what it asks of the device. Nothing here knows Android;
 * the device is reached through {@link org.muster.agent.core.DevicePort} alone, so the same code runs on a phone, without a screen, and in tests.
 */
package org.muster.agent.core;
