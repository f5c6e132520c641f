/**
 * The agent's hands on Android. {@link org.muster.agent.app.DpmPort} does to the device what the core asks; the rest is what Android wants an agent
 * to have: the admin, the screens of provisioning, the services that keep it awake, and the screens people see. Written without lambdas and method
 * references, which dx cannot turn into what Android runs.
 */
package org.muster.agent.app;
