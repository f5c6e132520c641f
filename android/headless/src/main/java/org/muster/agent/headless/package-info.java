/** The agent on any Java machine, with a device that is only imagined: for tests that speak with a real server, and for load. */
package org.muster.agent.headless;
