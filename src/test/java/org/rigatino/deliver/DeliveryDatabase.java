package org.rigatino.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.matcher.ElementMatchers;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.transaction.jta.platform.internal.JBossStandAloneJtaPlatform;
import org.hibernate.resource.beans.container.spi.BeanContainer;
import org.hibernate.resource.beans.container.spi.ContainedBean;
import org.hibernate.resource.beans.spi.BeanInstanceProducer;
import org.rigatino.Patience;
import org.rigatino.embedded.DatabaseRole;
import org.rigatino.embedded.TestDatabase;
import org.rigatino.persistence.Answer;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyMoves;
import org.rigatino.persistence.WorklistEntry;

/**
 * The record on a real PostgreSQL, with the transactions of a running process and without the process: Narayana, Agroal,
 * Hibernate, and beans whose {@code @Transactional} methods run in a transaction.
 */
public final class DeliveryDatabase implements AutoCloseable {
    /** Of beans, made once each. */
    private static final Map<Class<?>, Class<?>> SUBCLASSES = new ConcurrentHashMap<>();

    private static final String HANDLER = "inTransactions";

    private final TransactionManager transactions = com.arjuna.ats.jta.TransactionManager.transactionManager();
    private final TransactionSynchronizationRegistry synchronizations =
            new com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple();
    private final TestDatabase postgres;
    private final Connection owner;
    private final AgroalDataSource dataSource;
    private final EntityManager entities;
    private SessionFactory sessions;
    private final List<Object> parts = new ArrayList<>();

    /** On one of its own, with all migrations. */
    public DeliveryDatabase() throws Exception {
        this(TestDatabase.migrated());
    }

    /** On one that is filled already; it is closed with this. */
    public DeliveryDatabase(TestDatabase database) throws Exception {
        postgres = database;
        owner = postgres.connect(DatabaseRole.OWNER);
        dataSource = AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> pool.maxSize(12)
                        .transactionIntegration(new NarayanaTransactionIntegration(transactions, synchronizations))
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(postgres.jdbcUrl())
                                .principal(new NamePrincipal(DatabaseRole.APPLICATION.roleName()))
                                .credential(new SimplePassword(postgres.password(DatabaseRole.APPLICATION))))));
        entities = (EntityManager) Proxy.newProxyInstance(
                EntityManager.class.getClassLoader(),
                new Class<?>[] {Session.class},
                (proxy, method, values) -> invoke(sessions().getCurrentSession(), method, values));
        with(entities, dataSource, synchronizations, nobody());
    }

    /** Made for the first that asks for an entity: many ask for none. */
    private synchronized SessionFactory sessions() {
        if (sessions == null) {
            sessions = newSessions();
        }
        return sessions;
    }

    private SessionFactory newSessions() {
        Configuration hibernate = new Configuration();
        for (Class<?> entity : List.of(
                Study.class,
                Instance.class,
                Finding.class,
                Answer.class,
                Output.class,
                Delivery.class,
                WorklistEntry.class)) {
            hibernate.addAnnotatedClass(entity);
        }
        hibernate.getProperties().put("hibernate.connection.datasource", dataSource);
        hibernate.getProperties().put("hibernate.transaction.coordinator_class", "jta");
        hibernate.getProperties().put("hibernate.transaction.jta.platform", new JBossStandAloneJtaPlatform());
        hibernate.getProperties().put("hibernate.current_session_context_class", "jta");
        hibernate.getProperties().put("hibernate.physical_naming_strategy", new CamelCaseToUnderscoresNamingStrategy());
        hibernate.getProperties().put("jakarta.persistence.validation.mode", "none");
        hibernate.getProperties().put("hibernate.resource.beans.container", new Listeners());
        return hibernate.buildSessionFactory();
    }

    /** Of entities; nobody waits to be told. */
    private static final class Listeners implements BeanContainer {
        @Override
        public <B> ContainedBean<B> getBean(Class<B> type, LifecycleOptions options, BeanInstanceProducer otherwise) {
            B bean = otherwise.produceBeanInstance(type);
            if (bean instanceof StudyMoves) {
                setField(bean, "moved", nobody());
            }
            return new ContainedBean<>() {
                @Override
                public B getBeanInstance() {
                    return bean;
                }

                @Override
                public Class<B> getBeanClass() {
                    return type;
                }
            };
        }

        @Override
        public <B> ContainedBean<B> getBean(
                String name, Class<B> type, LifecycleOptions options, BeanInstanceProducer otherwise) {
            return getBean(type, options, otherwise);
        }

        @Override
        public void stop() {}
    }

    /** As where the process dies: connections in use, and what they hold, are gone too. */
    public void cut() {
        dataSource.flush(AgroalDataSource.FlushMode.ALL);
    }

    private static Event<?> nobody() {
        return (Event<?>) Proxy.newProxyInstance(
                Event.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, values) -> null);
    }

    private static void setField(Object bean, String name, Object value) {
        try {
            Field field = bean.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(bean, value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is injected from now on, by type. */
    public DeliveryDatabase with(Object... more) {
        parts.addAll(List.of(more));
        return this;
    }

    public EntityManager entities() {
        return entities;
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** A bean with its fields filled from the parts, itself a part from now on. */
    public <T> T bean(Class<T> type) throws Exception {
        T plain = instance(type);
        for (Field field : type.getDeclaredFields()) {
            if (field.isAnnotationPresent(jakarta.inject.Inject.class)) {
                field.setAccessible(true);
                field.set(
                        plain,
                        parts.stream()
                                .filter(field.getType()::isInstance)
                                .reduce((first, last) -> last)
                                .orElseThrow(() -> new IllegalStateException("nothing for " + field)));
            }
        }
        T bean = transactional(type, plain);
        parts.add(bean);
        return bean;
    }

    private static <T> T instance(Class<T> type) throws Exception {
        Constructor<T> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private <T> T transactional(Class<T> type, T plain) throws Exception {
        T bean = type.cast(instance(SUBCLASSES.computeIfAbsent(type, DeliveryDatabase::subclass)));
        InvocationHandler handler = (proxy, method, values) -> {
            Transactional transactional = method.getAnnotation(Transactional.class);
            method.setAccessible(true);
            return transactional == null
                    ? invoke(plain, method, values)
                    : inTransaction(() -> invoke(plain, method, values));
        };
        setField(bean, HANDLER, handler);
        return bean;
    }

    /** Whose methods go to the handler of each instance. */
    private static Class<?> subclass(Class<?> type) {
        try {
            return new ByteBuddy()
                    .subclass(type)
                    .defineField(HANDLER, InvocationHandler.class, Visibility.PUBLIC)
                    .method(ElementMatchers.not(ElementMatchers.isDeclaredBy(Object.class))
                            .and(ElementMatchers.not(ElementMatchers.isPrivate())))
                    .intercept(InvocationHandlerAdapter.toField(HANDLER))
                    .make()
                    .load(
                            type.getClassLoader(),
                            net.bytebuddy.dynamic.loading.ClassLoadingStrategy.UsingLookup.of(
                                    java.lang.invoke.MethodHandles.privateLookupIn(
                                            type, java.lang.invoke.MethodHandles.lookup())))
                    .getLoaded();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object invoke(Object target, Method method, Object[] values) throws Exception {
        try {
            return method.invoke(target, values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Joins the thread's transaction, or begins one. */
    public <T> T inTransaction(Callable<T> work) throws Exception {
        if (transactions.getTransaction() != null) {
            return work.call();
        }
        transactions.setTransactionTimeout(Math.toIntExact(Patience.SECONDS));
        transactions.begin();
        try {
            T result = work.call();
            transactions.commit();
            return result;
        } catch (Exception e) {
            if (transactions.getTransaction() != null) {
                transactions.rollback();
            }
            throw e;
        }
    }

    /**
     * What comes of work that begins while another transaction holds rows and ends behind it.
     *
     * @param first statement that locks what the work waits for
     * @param then what the other transaction locks once the work waits: a deadlock where the work holds it
     */
    public <T> T beside(String first, String then, Callable<T> work) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection other = postgres.connect(DatabaseRole.OWNER);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(first);
            Future<T> working = thread.submit(work);
            await().until(() -> working.isDone()
                    || !query("select 1 from pg_locks where not granted").isEmpty());
            assertThat(working).as("waits").isNotDone();
            statement.execute(then);
            other.commit();
            return working.get(Patience.SECONDS, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }
    }

    public synchronized void execute(String sql) throws Exception {
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of each row, as text. */
    public synchronized List<String> query(String sql) throws Exception {
        try (Statement statement = owner.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    @Override
    public void close() throws Exception {
        if (sessions != null) {
            sessions.close();
        }
        dataSource.close();
        owner.close();
        postgres.close();
    }
}
