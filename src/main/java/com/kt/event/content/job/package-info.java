/** The job: its record, its states and legal moves, its lease, and the queue in which it waits for a worker. */
package com.kt.event.content.job;
