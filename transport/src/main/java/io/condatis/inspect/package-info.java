/**
 * The inspector: {@code condatis ls | dump | top | gc | doctor}. It looks at what is in the shared directory from outside:
 * nothing is mapped, created, repaired or joined, so that a live system is not disturbed, and nothing in a file is trusted.
 * Only {@link io.condatis.inspect.GcCommand} removes, by the sweeps that every creation of shared memory makes anyway.
 *
 * <p>What bytes mean is known to the surveys of the layers that write them: {@code ArenaSurvey}, {@code ListSurvey},
 * {@code SharedObjectsSurvey}, {@code ManagerSurvey}.
 */
package io.condatis.inspect;
