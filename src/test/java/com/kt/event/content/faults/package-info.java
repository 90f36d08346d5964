/**
 * What happens when processes, Redis or the provider die: real processes of the packaged service, with real signals.
 * Nothing in here knows the inside of the service but the names of its keys, its HTTP API and its settings.
 */
package com.kt.event.content.faults;
